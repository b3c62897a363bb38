/**
 * The parts between the `%` of a LIKE pattern: text, and `_` for any one character. Finding a part takes time proportional
 * to the text, with a factor limited by the pattern's bounded length.
 */

/** A text, or any single character. */
export type PartStep = { readonly text: string } | 'one';

/** Finds a part at or after a position. @returns the end of the earliest match; null if none. */
type Finder = (text: string, from: number) => number | null;

interface FixedPart {
  /** Returns the end of the part if it begins at a position, else null. */
  endAt(text: string, at: number): number | null;
  /** Returns the start of a part of this length that ends at a position; null without enough room. */
  startBefore(text: string, end: number): number | null;
}

export function fixedPart(steps: readonly PartStep[]): FixedPart {
  const { length } = tokensOf(steps);
  return {
    endAt(text, at) {
      let end = at;
      for (const step of steps) {
        if (step === 'one') {
          if (end >= text.length) return null;
          end += characterLength(text, end);
        } else if (text.startsWith(step.text, end)) end += step.text.length;
        else return null;
      }
      return end;
    },
    startBefore(text, end) {
      let start = end;
      for (let left = length; left > 0; left--) {
        if (start === 0) return null;
        start -= start > 1 && characterLength(text, start - 2) === 2 ? 2 : 1;
      }
      return start;
    },
  };
}

export function partFinder(steps: readonly PartStep[]): Finder {
  const [only] = steps;
  if (only === undefined) return (_, from) => from;
  if (steps.length > 1 || only === 'one') return bitFinder(tokensOf(steps));
  return only.text.length <= SHORT ? shortFinder(only.text) : longFinder(only.text);
}

/** Length up to which the built-in search is used: it reads each character at most this many times, and is by far the fastest. */
const SHORT = 32;

function shortFinder(wanted: string): Finder {
  return (text, from) => {
    const found = text.indexOf(wanted, from);
    return found < 0 ? null : found + wanted.length;
  };
}

/** Knuth, Morris, Pratt: Fast Pattern Matching in Strings, 1977. */
function longFinder(wanted: string): Finder {
  // For each prefix length: the length of its longest proper suffix that is also a prefix.
  const borders = new Uint16Array(wanted.length + 1);
  for (let at = 1, border = 0; at < wanted.length; at++) {
    while (border > 0 && wanted[at] !== wanted[border]) border = borders[border] ?? 0;
    if (wanted[at] === wanted[border]) border++;
    borders[at + 1] = border;
  }
  return (text, from) => {
    let matched = 0;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      while (matched > 0 && wanted.charCodeAt(matched) !== code) matched = borders[matched] ?? 0;
      if (wanted.charCodeAt(matched) === code) matched++;
      if (matched === wanted.length) return at + 1;
    }
    return null;
  };
}

const WORD = 32;

/** Baeza-Yates, Gonnet: A New Approach to Text Searching, 1992. Keeps one bit per place in the part that a match may have reached. */
function bitFinder(tokens: readonly (number | null)[]): Finder {
  const words = Math.ceil(tokens.length / WORD);
  const any = bits(tokens, words, null);
  const masks = new Map([...new Set(tokens)].map((token) => [token, bits(tokens, words, token)]));
  const lastWord = words - 1;
  const lastBit = 1 << ((tokens.length - 1) % WORD);
  return (text, from) => {
    const reached = new Uint32Array(words);
    for (let at = from; at < text.length; ) {
      const code = text.codePointAt(at) ?? 0;
      at += code > 0xffff ? 2 : 1;
      const mask = masks.get(code) ?? any;
      let carried = 1;
      for (let word = 0; word < words; word++) {
        const before = reached[word] ?? 0;
        reached[word] = ((before << 1) | carried) & (mask[word] ?? 0);
        carried = before >>> (WORD - 1);
      }
      if (((reached[lastWord] ?? 0) & lastBit) !== 0) return at;
    }
    return null;
  };
}

/** Returns the places of a character, including those of `_`. */
function bits(tokens: readonly (number | null)[], words: number, wanted: number | null): Uint32Array {
  const mask = new Uint32Array(words);
  for (const [place, token] of tokens.entries()) {
    if (token !== null && token !== wanted) continue;
    const word = Math.floor(place / WORD);
    mask[word] = (mask[word] ?? 0) | (1 << (place % WORD));
  }
  return mask;
}

/** Returns code points; null stands for any character. */
function tokensOf(steps: readonly PartStep[]): (number | null)[] {
  return steps.flatMap((step) =>
    step === 'one' ? [null] : Array.from(step.text, (character) => character.codePointAt(0) ?? 0),
  );
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
