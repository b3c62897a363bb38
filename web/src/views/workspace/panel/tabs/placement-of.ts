/** Finds what was proposed for one file. */
import type { PlacementEntry } from '@ingesthub/schema/library/placements.ts';

/** Returns the entry whose path is the longest that covers the file; null: none does. */
export function placementOf(entries: readonly PlacementEntry[], relativePath: string): PlacementEntry | null {
  let best: PlacementEntry | null = null;
  for (const entry of entries) {
    const covers =
      entry.path === '' ||
      entry.path === relativePath ||
      (entry.path.endsWith('/') && relativePath.startsWith(entry.path));
    if (covers && (best === null || entry.path.length > best.path.length)) best = entry;
  }
  return best;
}
