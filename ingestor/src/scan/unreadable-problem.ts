import type { Unreadable } from './pending-folder.ts';

/** Places that are named; the rest are counted. */
const NAMED = 3;

/** Says in one sentence which places of a package could not be looked at, and what that means; null: there are none. */
export function unreadableProblem(places: readonly Unreadable[]): string | null {
  if (places.length === 0) return null;
  const named = places
    .slice(0, NAMED)
    .map(({ relativePath, problem }) => `${relativePath === '' ? 'the folder itself' : relativePath} (${problem})`);
  const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : '';
  return `Not all of this package can be read: ${named.join(', ')}${more}. What is known of that stays as it is; it is looked at again when it can be read.`;
}
