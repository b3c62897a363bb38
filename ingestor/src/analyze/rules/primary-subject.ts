import { type Placement, SHARED_SUBJECT } from './layout.ts';

/** Returns the subject with most files, the first by code points of several; `shared` only when there is no other. */
export function primarySubject(placements: readonly Placement[]): string {
  const counts = subjectCounts(placements);
  return counts.find(([subject]) => subject !== SHARED_SUBJECT)?.[0] ?? SHARED_SUBJECT;
}

/** Returns the subjects with their number of files, the largest first. */
export function subjectCounts(placements: readonly Placement[]): [subject: string, files: number][] {
  const counts = new Map<string, number>();
  for (const { subject } of placements) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}
