/** The tabs of a subject's page, as the last part of its address; that of the first one is the subject's own. */
export const subjectTabs = ['overview', 'assets'] as const;
export type SubjectTab = (typeof subjectTabs)[number];
