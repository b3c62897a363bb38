import type { Candidate } from './candidates.ts';

/** Whether two names are folders side by side: a client who tells them apart means two people. */
export function areSiblings(a: Candidate, b: Candidate): boolean {
  return a.wholeFolders.some((one) => b.wholeFolders.some((other) => one !== other && one.parent === other.parent));
}
