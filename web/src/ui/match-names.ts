/** Selects the names that a picker shows for the typed text. */

/** A tag, subject or camera, with the number of its assets; a null count means not counted. */
export interface NameCount {
  readonly name: string;
  readonly count: number | null;
}

const SHOWN = 100;

export interface NameOption extends NameCount {
  readonly isNew: boolean;
}

/**
 * Puts names that start with the text before names that contain it, and otherwise keeps their order.
 *
 * @param allowNew puts the text itself first when no name is spelled exactly that way, so that Enter creates it.
 */
export function matchNames(
  names: readonly NameCount[],
  text: string,
  allowNew: boolean,
): { options: NameOption[]; more: number } {
  const typed = text.normalize('NFC').trim();
  const wanted = typed.toLowerCase();
  const begin: NameCount[] = [];
  const contain: NameCount[] = [];
  for (const one of names) {
    const at = one.name.toLowerCase().indexOf(wanted);
    if (at === 0) begin.push(one);
    else if (at > 0) contain.push(one);
  }
  const found = [...begin, ...contain];
  const options: NameOption[] = found.slice(0, SHOWN).map(({ name, count }) => ({ name, count, isNew: false }));
  if (allowNew && typed !== '' && !found.some(({ name }) => name === typed)) {
    options.unshift({ name: typed, count: null, isNew: true });
  }
  return { options, more: Math.max(0, found.length - SHOWN) };
}
