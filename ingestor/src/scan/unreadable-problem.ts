import type { Unreadable } from './pending-folder.ts';

/** Places to name; the rest are counted. */
const NAMED = 3;

/** Explains in one sentence which places of a package could not be read, and the consequence; null: none. */
export function unreadableProblem(places: readonly Unreadable[]): string | null {
  if (places.length === 0) return null;
  const named = places
    .slice(0, NAMED)
    .map(({ relativePath, problem }) => `${relativePath === '' ? 'the folder itself' : relativePath} (${problem})`);
  const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
  return `Part of this package cannot be read: ${named.join(', ')}${more}. Its assets there stay unchanged until it can be read again.`;
}
