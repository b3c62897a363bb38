/** Lists the forms in which a name occurs: whole, in another order, in short, as initials, in another spelling. */
import { eastAsianFamily } from '../names/dictionary.ts';
import { spellings } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import { NICKNAMES } from '../names/words/nicknames.ts';
import type { Candidate } from './candidates.ts';

/** A name as its words, each in all its spellings. */
type Words = readonly (readonly string[])[];

/** A name without and with the words that only join others. */
export interface Spelled {
  readonly words: Words;
  readonly allWords: Words;
}

export function spelled({ words, allWords }: Candidate): Spelled {
  const inAllSpellings = (tokens: readonly Token[]) => tokens.map(({ text }) => spellings(text));
  return { words: inAllSpellings(words), allWords: inAllSpellings(allWords) };
}

/** Returns the whole name in all its spellings and both orders, in one word: 'janedoe', 'doejane'. */
export function fullForms({ words, allWords }: Spelled): string[] {
  const turned = [...words.slice(1), ...words.slice(0, 1)];
  // 'de la Fuente, Rocío' is 'Rocío de la Fuente'.
  const lastFirst = [...allWords.slice(-1), ...allWords.slice(0, -1)];
  const orders = words.length > 1 ? [words, allWords, turned, lastFirst, words.toReversed()] : [words, allWords];
  return [...new Set(orders.flatMap(combined))];
}

/** 'Jane Doe' -> jdoe, janed, jane, doe: forms that stand for the whole name. */
export function shortForms({ words, allWords }: Spelled): string[] {
  const alone = words.flatMap((word) => word.filter((spelling) => spelling.length > 2 || isIdeographic(spelling)));
  if (words.length === 1) return readingsOf(words[0] ?? []);
  const [first = [], last = []] = [words[0], words.at(-1)];
  const initials = words.map((word) => [...(word[0] ?? '')][0] ?? '').join('');
  return [
    ...alone,
    ...nicknames(words),
    ...first.flatMap((name) => nicknamesOf.get(name) ?? []),
    ...last.map((word) => `${[...(first[0] ?? '')][0]}${word}`),
    ...first.map((word) => `${word}${[...(last[0] ?? '')][0]}`),
    ...first.map((word) => `${[...(last[0] ?? '')][0]}${word}`),
    initials,
    // 'Jane Smith' of 'Jane Doe-Smith'.
    ...(words.length > 2 ? combined([first, last]) : []),
    ...last.map((word) => `${initials.slice(0, -1)}${word}`),
    // 'Le Goff' of 'Benoît Le Goff', 'João Pedro' of 'João Pedro Salgueiro'.
    ...parts(words),
    ...parts(allWords),
    ...[...words.keys()].flatMap((index) => readingsOf(words[index] ?? [])),
  ];
}

const nicknamesOf = new Map(
  NICKNAMES.trim()
    .split('\n')
    .map((line) => {
      const [name = '', short = ''] = line.split(': ');
      return [name, short.split(' ')] as const;
    }),
);

const MIN_NICKNAME = 3;
const MIN_LEFT_OUT = 3;

/** 'Emeka Obiora' of 'Chukwuemeka Obiora', 'Alex Doe' of 'Alexander Doe': 'Ann' and 'Anna' are rather two. */
function nicknames(words: Words): string[] {
  const [given = [], ...rest] = words;
  if (rest.length === 0) return [];
  const family = combined(rest);
  return given.flatMap((name) => {
    const parts: string[] = [];
    for (let length = MIN_NICKNAME; length <= name.length - MIN_LEFT_OUT; length++) {
      parts.push(name.slice(0, length), name.slice(-length));
    }
    return [...parts, ...(nicknamesOf.get(name) ?? [])].flatMap((part) => family.map((after) => part + after));
  });
}

/** Returns the beginnings and ends of a name of three or more words, each in one word. */
function parts(words: Words): string[] {
  return words.length < 3 ? [] : [combined(words.slice(0, -1)), combined(words.slice(1))].flat();
}

/** The family's reading in Latin letters, and the family alone: '田中花子' -> 'tanaka', '田中'. */
function readingsOf(word: readonly string[]): string[] {
  return word.flatMap((spelling) => {
    const family = eastAsianFamily(spelling);
    if (family === null || family.family.length < 2) return family === null ? [] : [family.reading];
    return [family.family, family.reading];
  });
}

function isIdeographic(text: string): boolean {
  return text.length > 1 && /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}ー]+$/u.test(text);
}

function combined(words: Words): string[] {
  return words.reduce<string[]>((all, word) => all.flatMap((start) => word.map((spelling) => start + spelling)), ['']);
}
