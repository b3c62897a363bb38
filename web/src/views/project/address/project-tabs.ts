/** The tabs of a project's page, as the last part of its address. */
export const projectTabs = ['packages', 'subjects', 'assets', 'coverage', 'activity'] as const;
export type ProjectTab = (typeof projectTabs)[number];

/** Returns the address of a tab; that of the first one is the project's own. */
export function projectTabAddress(projectId: string, tab: ProjectTab): string {
  return tab === 'packages' ? `/projects/${projectId}` : `/projects/${projectId}/${tab}`;
}

export function parseProjectTab(text: string | undefined): ProjectTab {
  return projectTabs.find((tab) => tab === text) ?? 'packages';
}
