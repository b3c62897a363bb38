/** Unites the names of one person: 'JANE_DOE', 'Jane Doe' and 'JDOE', 'Müller' and 'Mueller'. */
import { eastAsianFamily, isThing, KIND } from '../names/dictionary.ts';
import { spellings } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import type { Candidate } from './candidates.ts';
import type { Reasons } from './reasons.ts';

export interface Person {
  /** As it is written most readably. */
  readonly name: string;
  /** Words of the longest form, folded. */
  readonly words: readonly string[];
  readonly reasons: Reasons;
  readonly candidates: readonly Candidate[];
}

export interface People {
  readonly people: readonly Person[];
  /** Returns the people that a form of a name may mean; [] for none. */
  named(form: string): readonly Person[];
  /** One sentence for each name that may mean several people. */
  readonly doubts: readonly string[];
}

const SUBJECT: Reasons = { weight: 2, sentences: ['it is a subject of the project'] };

/** A name as its words, each in all its spellings. */
type Words = readonly (readonly string[])[];

/** A name without and with the words that only join others. */
interface Spelled {
  readonly words: Words;
  readonly allWords: Words;
}

/** @param subjects the project's subjects: a person who is one of them keeps that spelling. */
export function unite(inDelivery: ReadonlyMap<Candidate, Reasons>, subjects: readonly Candidate[] = []): People {
  const found = new Map<Candidate, Reasons>([...inDelivery, ...subjects.map((subject) => [subject, SUBJECT] as const)]);
  const wordsOf = new Map([...found.keys()].map((candidate) => [candidate, spelled(candidate)]));
  const known = new Set(subjects);
  for (const candidate of extended([...found.keys()])) if (!known.has(candidate)) found.delete(candidate);
  const groups: Candidate[][] = [];
  const byName = new Map<string, Candidate[]>();
  const byShort = new Map<string, Set<Candidate[]>>();
  const doubts: string[] = [];
  // Longest names first: shorter ones may be forms of them.
  const bySize = [...found.keys()].toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.key < b.key ? -1 : 1));
  for (const candidate of bySize) {
    const words = wordsOf.get(candidate) ?? NOTHING;
    const forms = fullForms(words);
    let group = forms.map((form) => byName.get(form)).find((same) => same !== undefined);
    if (group === undefined) {
      const longer = [...new Set(forms.flatMap((form) => [...(byShort.get(form) ?? [])]))];
      if (longer.length > 1) {
        doubts.push(`${textOf(candidate)} may be ${either(longer.map((one) => nameOf(one, known)))}.`);
        continue;
      }
      const [only] = longer;
      group = only === undefined || only.some((other) => areSiblings(candidate, other)) ? [] : only;
      if (group.length === 0) groups.push(group);
    }
    group.push(candidate);
    for (const form of forms) byName.set(form, group);
    for (const form of shortForms(words)) byShort.set(form, (byShort.get(form) ?? new Set()).add(group));
  }
  uniteMisspelled(groups, found);

  const people = groups.map((group): Person => {
    const [first] = group as [Candidate];
    const best = group.reduce((a, b) => ((found.get(b)?.weight ?? 0) > (found.get(a)?.weight ?? 0) ? b : a));
    return {
      name: nameOf(group, known),
      words: first.words.map(({ key }) => key),
      reasons: found.get(best) ?? { weight: 0, sentences: [] },
      candidates: group,
    };
  });
  const byForm = new Map<string, Set<Person>>();
  for (const person of people) {
    const forms = person.candidates.flatMap((candidate) => {
      const words = wordsOf.get(candidate) ?? NOTHING;
      return [...fullForms(words), ...shortForms(words)];
    });
    for (const form of forms) byForm.set(form, (byForm.get(form) ?? new Set()).add(person));
  }
  // A whole name means that person, even if it is a part of another's.
  for (const person of people) {
    for (const candidate of person.candidates) {
      for (const form of fullForms(wordsOf.get(candidate) ?? NOTHING)) byForm.set(form, new Set([person]));
    }
  }
  return { people, named: (form) => [...(byForm.get(form) ?? [])], doubts };
}

/**
 * Returns candidates that are another's name with a word before or after it that is no name: 'OSP_WIversen' beside
 * 'Wanda Iversen', 'self tape jane doe' beside 'Jane Doe'.
 */
function extended(candidates: readonly Candidate[]): Candidate[] {
  const byForm = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const words = spelled(candidate);
    const short = candidate.words.length > 1 ? shortForms(words).filter((form) => form.length > 2) : [];
    for (const form of [...fullForms(words), ...short]) byForm.set(form, [...(byForm.get(form) ?? []), candidate]);
  }
  return candidates.filter((candidate) => {
    const { words, wholeFolders } = candidate;
    if (words.length < 2) return false;
    // 'JANE_JOHN' beside 'Jane Doe' and 'John Roe': each word is another person's given name.
    const others = words.map(({ key, kinds }) =>
      (byForm.get(key) ?? []).filter(
        (other) =>
          other !== candidate &&
          other.words[0]?.key === key &&
          // A family's name alone is a part of this one rather than another person.
          (other.words.length > 1 || (kinds & NAME) !== KIND.family) &&
          isFirmer(other, candidate, true),
      ),
    );
    if (others.every(([only]) => only !== undefined)) return true;
    if (wholeFolders.length > 0) return false;
    for (let start = 0; start < words.length; start++) {
      for (let end = start + 1; end <= words.length; end++) {
        if (end - start === words.length) continue;
        const rest = [...words.slice(0, start), ...words.slice(end)];
        if (rest.some(({ kinds }) => (kinds & NAME) !== 0 && !isThing(kinds))) continue;
        const inside = words
          .slice(start, end)
          .map(({ key }) => key)
          .join('');
        // A word after a name that is one word may be the family's.
        const same = (byForm.get(inside) ?? []).filter(
          (other) =>
            other !== candidate &&
            (other.words.length > 1 || start > 0 || rest.every(({ kinds }) => isThing(kinds))) &&
            isFirmer(other, candidate),
        );
        if (same.length > 0) return true;
      }
    }
    return false;
  });
}

/** Whether a name has a folder of its own, or stands in more places than another. @param orAsMany as many suffice. */
function isFirmer(a: Candidate, b: Candidate, orAsMany = false): boolean {
  const more = a.groups.length + a.folders.length - b.groups.length - b.folders.length;
  return a.wholeFolders.length > 0 || more > 0 || (orAsMany && more === 0);
}

const NAME = KIND.given | KIND.family;

/** Orders names by their words, initials last: 'T_VASSAL' may be a form of 'Theo Vassal'. */
function sizeOf({ words, key }: Candidate): number {
  return 1000 * words.filter((word) => word.key.length > 1).length + key.length;
}

function spelled({ words, allWords }: Candidate): Spelled {
  const inAllSpellings = (tokens: readonly Token[]) => tokens.map(({ text }) => spellings(text));
  return { words: inAllSpellings(words), allWords: inAllSpellings(allWords) };
}

const NOTHING: Spelled = { words: [], allWords: [] };

/** Returns the whole name in all its spellings and both orders, in one word: 'janedoe', 'doejane'. */
function fullForms({ words, allWords }: Spelled): string[] {
  const turned = [...words.slice(1), ...words.slice(0, 1)];
  const orders = words.length > 1 ? [words, allWords, turned, words.toReversed()] : [words, allWords];
  return [...new Set(orders.flatMap(combined))];
}

/** 'Jane Doe' -> jdoe, janed, jane, doe: forms that stand for the whole name. */
function shortForms({ words, allWords }: Spelled): string[] {
  const alone = words.flatMap((word) => word.filter((spelling) => spelling.length > 2 || isIdeographic(spelling)));
  if (words.length === 1) return readingsOf(words[0] ?? []);
  const [first = [], last = []] = [words[0], words.at(-1)];
  const initials = words.map((word) => [...(word[0] ?? '')][0] ?? '').join('');
  return [
    ...alone,
    ...last.map((word) => `${[...(first[0] ?? '')][0]}${word}`),
    ...first.map((word) => `${word}${[...(last[0] ?? '')][0]}`),
    ...first.map((word) => `${[...(last[0] ?? '')][0]}${word}`),
    initials,
    // 'Le Goff' of 'Benoît Le Goff', 'João Pedro' of 'João Pedro Salgueiro'.
    ...parts(words),
    ...parts(allWords),
    ...[...words.keys()].flatMap((index) => readingsOf(words[index] ?? [])),
  ];
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

/** Whether two names are folders side by side: a client who tells them apart means two people. */
function areSiblings(a: Candidate, b: Candidate): boolean {
  return a.wholeFolders.some((one) => b.wholeFolders.some((other) => one !== other && one.parent === other.parent));
}

const MIN_SWAPPED = 3;
const MIN_MISSPELLED = 5;
/** Among more people, names that differ by one letter are different people. */
const MAX_COMPARED = 100;

/** Adds names with one wrong letter to the person whose name is otherwise the same. */
function uniteMisspelled(groups: Candidate[][], found: ReadonlyMap<Candidate, Reasons>): void {
  if (groups.length > MAX_COMPARED) return;
  for (const [index, group] of [...groups.entries()].toReversed()) {
    const [name] = group as [Candidate];
    const meant = groups.filter(
      (other) =>
        other !== group &&
        placesOf(other) > placesOf(group) &&
        !group.some((one) => other.some((two) => areSiblings(one, two))) &&
        isMisspelling(name, other[0] as Candidate),
    );
    const [only] = meant;
    if (only === undefined || meant.length > 1) continue;
    only.push(...group);
    groups.splice(index, 1);
  }
  function placesOf(group: readonly Candidate[]): number {
    return group.reduce((sum, one) => sum + one.folders.length + one.groups.length + (found.get(one)?.weight ?? 0), 0);
  }
}

/**
 * Whether all words of two names are the same but one, which has one wrong letter and is no name of its own. A word alone
 * may be any word of a longer name.
 */
function isMisspelling(a: Candidate, b: Candidate): boolean {
  const [only] = a.words;
  if (only !== undefined && a.words.length === 1 && b.words.length > 1) {
    return only.kinds === 0 && b.words.some(({ key }) => isOneLetterOff(only.key, key));
  }
  if (a.words.length !== b.words.length) return false;
  const different = a.words.flatMap((word, index) => {
    const other = b.words[index];
    return other !== undefined && other.key !== word.key ? [[word, other] as const] : [];
  });
  const [pair] = different;
  if (pair === undefined || different.length > 1) return false;
  const [wrong, right] = pair;
  return wrong.kinds === 0 && isOneLetterOff(wrong.key, right.key);
}

/** Whether two words differ by one letter, or by two neighbours that are swapped. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < MIN_SWAPPED) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (inA.length === 2 && inB.length === 2) return inA[0] === inB[1] && inA[1] === inB[0];
  return inA.length <= 1 && inB.length <= 1 && Math.max(a.length, b.length) >= MIN_MISSPELLED;
}

function nameOf(group: readonly Candidate[], subjects: ReadonlySet<Candidate>): string {
  const subject = group.find((candidate) => subjects.has(candidate));
  if (subject !== undefined) return textOf(subject);
  const most = Math.max(...group.map(({ words }) => words.length));
  const texts = group.filter(({ words }) => words.length === most).flatMap(({ texts: of }) => [...of]);
  return mostReadable(texts);
}

/** Prefers accents, then spaces between words, then capitals only where a name has them, then the most frequent. */
export function mostReadable(texts: readonly (readonly [text: string, count: number])[]): string {
  const counts = new Map<string, number>();
  for (const [text, count] of texts) counts.set(text, (counts.get(text) ?? 0) + count);
  const best = [...counts].toSorted(
    ([a, countA], [b, countB]) => readability(b) - readability(a) || countB - countA || (a < b ? -1 : 1),
  )[0];
  return best?.[0] ?? '';
}

function readability(text: string): number {
  const accents = text.normalize('NFD').length - text.normalize('NFC').length;
  const isMixed = text !== text.toLowerCase() && text !== text.toUpperCase();
  return 4 * accents + (/\p{L} \p{L}/u.test(text) ? 2 : 0) + (isMixed ? 1 : 0);
}

function textOf({ texts }: Candidate): string {
  return [...texts.keys()][0] ?? '';
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
