/** Decisions about the tags of several rows. */

/** By tag: whether all rows are to have it; a tag that is left as it is has no entry. */
export type TagChoices = Readonly<Record<string, boolean>>;

/** Returns what a click makes of a tag: all, none, and back to some where only some had it. */
export function nextChoice(chosen: boolean | undefined, had: 'all' | 'some'): boolean | undefined {
  if (had === 'all') return chosen === false ? undefined : false;
  if (chosen === undefined) return true;
  return chosen ? false : undefined;
}
