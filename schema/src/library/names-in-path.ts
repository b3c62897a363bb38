/** Finds a name in the names of folders and files, as whole words in any spelling: 'Jane Doe' in 'day1_JANE_DOE.mov'. */

/** A word ends where case, script or digits change: 'JANEDoe01' has three. */
const WORD =
  /\p{Lu}+(?!\p{Ll})|\p{Lu}?(?:\p{Ll}\p{M}*)+|\p{N}+|\p{Script=Han}+|[\p{Script=Katakana}ー]+|\p{Script=Hiragana}+|\p{Script=Hangul}+|[\p{Lo}\p{Lm}\p{M}]+|\p{Lu}/gu;

interface Word {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Returns a name without its spelling: 'Jané Doe' and 'JANE_DOE' have the same key. */
export function nameKey(name: string): string {
  return wordsIn(name)
    .map(({ key }) => key)
    .join('');
}

export interface FoundName<Meaning> {
  readonly meaning: Meaning;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the known names in one name, from left to right, the longest at each place.
 *
 * @param meanings by {@link nameKey}. @param name in NFC; the positions are in it.
 */
export function namesIn<Meaning>(name: string, meanings: ReadonlyMap<string, Meaning>): FoundName<Meaning>[] {
  const words = wordsIn(name);
  const found: FoundName<Meaning>[] = [];
  for (let from = 0; from < words.length; ) {
    let key = '';
    let best: { name: FoundName<Meaning>; next: number } | null = null;
    for (let to = from; to < words.length; to++) {
      key += words[to]?.key ?? '';
      const meaning = meanings.get(key);
      const [first, last] = [words[from], words[to]];
      if (meaning === undefined || first === undefined || last === undefined) continue;
      best = { name: { meaning, start: first.start, end: last.end }, next: to + 1 };
    }
    if (best !== null) found.push(best.name);
    from = best?.next ?? from + 1;
  }
  return found;
}

/** 'DAY02' -> 'day#': the next delivery has other numbers. */
export function namePattern(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\p{Nd}+/gu, '#');
}

/** Removes the extension of a file's name. */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function wordsIn(name: string): Word[] {
  return [...name.matchAll(WORD)].map(({ 0: text, index }) => ({
    key: text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
    start: index,
    end: index + text.length,
  }));
}
