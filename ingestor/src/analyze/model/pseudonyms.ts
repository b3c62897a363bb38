/**
 * Replaces names before they leave the house. Only numbers, single letters and words of IngestHub's own lists that are no
 * one's name are sent as they are: a name that the rules do not know is no less a name.
 */
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { isThing, KIND, kindsOf } from '../names/dictionary.ts';
import { fold, spellings } from '../names/fold.ts';
import { wordsOf } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { type Token, Tokeniser } from '../names/tokens.ts';
import { FIRM } from '../people/runs.ts';
import { SHARED_SUBJECT } from '../rules/layout.ts';
import type { KnownPeople } from './known-people.ts';
import type { Wording } from './wording.ts';

const NAME = KIND.given | KIND.family;
/** Words that are sent although they are family names too: 'DAY02' is no person named Day. */
const ORDER = KIND.day | KIND.camera | KIND.counted;
const LONGEST_NAME = 5;
/** Fewer letters apart are cameras, takes or initials: 'A_B'. */
const MIN_SPELLED_OUT = 3;
/** Extensions of papers and sidecars; those of media are known. */
const EXTENSIONS = new Set(
  'txt pdf csv xml json md5 mhl ale edl aaf fcpxml xmp rmd zip doc docx xls xlsx cube cdl thm lrv'.split(' '),
);
const PSEUDONYM = /(PERSON|NAME)X[\s_-]?(\d+)/gi;
const BEGUN = /PERSONX|NAMEX/i;

/** Words of pseudonyms are in no list, so a real name that looks like a pseudonym is replaced like any other. */
type Stem = 'PERSONX' | 'NAMEX';

export function pseudonymousWording(people: KnownPeople): Wording {
  const tokeniser = new Tokeniser();
  const real = new Map<string, string>();
  const ofPeople = new Map<string, string>();
  const ofWords = new Map<string, string>();
  const counts = { PERSONX: 0, NAMEX: 0 };
  const sentPaths = new Set<string>();
  const sentWords = new Set<string>([SHARED_SUBJECT]);

  const coin = (stem: Stem, name: string): string => {
    counts[stem] += 1;
    const pseudonym = `${stem}${counts[stem]}`;
    real.set(pseudonym, name);
    return pseudonym;
  };
  const ofPerson = (name: string): string => {
    const known = ofPeople.get(name) ?? coin('PERSONX', name);
    ofPeople.set(name, known);
    return known;
  };
  const ofWord = (word: string): string => {
    const forms = spellings(word);
    const known = forms.map((form) => ofWords.get(form)).find((same) => same !== undefined) ?? coin('NAMEX', word);
    for (const form of forms) ofWords.set(form, known);
    return known;
  };

  /** Returns the pseudonym of the longest name that begins at a word, and the number of its words. */
  const personAt = (tokens: readonly Token[], start: number): { pseudonym: string; length: number } | null => {
    for (let length = Math.min(LONGEST_NAME, tokens.length - start); length > 1; length--) {
      const part = tokens.slice(start, start + length);
      if (!mayBeName(part)) continue;
      const [name, another] = namesOf(part, people);
      if (name === undefined) continue;
      const pseudonym = another === undefined ? ofPerson(name) : ofWord(part.map(({ text }) => text).join(''));
      return { pseudonym, length };
    }
    return null;
  };
  const replaced = (name: string): string => {
    const { tokens } = tokeniser.tokensOf(name);
    const pieces = new Pieces((gap) => gap.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, ofWord));
    let at = 0;
    for (let index = 0; index < tokens.length; ) {
      const first = tokens[index] as Token;
      pieces.gap(name.slice(at, first.start));
      const person = personAt(tokens, index);
      if (person === null) {
        const names = namesOf([first], people);
        if (isClip(first)) pieces.plain(masked(first.text));
        else if (isSent(first, tokens[index - 1], tokens[index + 1], people)) pieces.plain(first.text);
        else if (names.length === 1 && !isThing(first.kinds)) pieces.pseudonym(ofPerson(names[0] as string));
        else pieces.pseudonym(ofWord(first.text));
      } else pieces.pseudonym(person.pseudonym);
      index += person?.length ?? 1;
      at = (tokens[index - 1] as Token).end;
    }
    pieces.gap(name.slice(at));
    return pieces.text;
  };
  const sent = (text: string): string => {
    for (const word of wordsOf(text)) sentWords.add(fold(word));
    return text;
  };

  const wordingOf = remembered((name: string) => sent(replaced(name)));
  const pathOf = remembered((path: string) => {
    const parts = path.split('/');
    const file = parts.pop() ?? '';
    const dot = isKnownExtension(file) ? file.lastIndexOf('.') : file.length;
    const folders = parts.map((part) => `${wordingOf(part)}/`).join('');
    const [stem, extension] = [wordingOf(file.slice(0, dot)), file.slice(dot)];
    let unique = `${folders}${stem}${extension}`;
    for (let same = 2; sentPaths.has(unique); same++) unique = `${folders}${stem} (${same})${extension}`;
    sentPaths.add(unique);
    return sent(unique);
  });
  const realText = (text: string): string | null => {
    let isKnown = true;
    const restored = text.replaceAll(PSEUDONYM, (_, stem: string, number: string) => {
      const name = real.get(`${stem.toUpperCase()}X${Number(number)}`);
      isKnown &&= name !== undefined;
      return name ?? '';
    });
    return isKnown && !BEGUN.test(text.replaceAll(PSEUDONYM, '')) ? restored : null;
  };
  return {
    isPseudonymous: true,
    name: wordingOf,
    path: pathOf,
    realText,
    realName(text) {
      const others = wordsOf(text.replaceAll(PSEUDONYM, ' '));
      return others.every((word) => sentWords.has(fold(word))) ? realText(text) : null;
    },
  };
}

/** Joins pieces of a name; a pseudonym never touches a letter or digit, which would change it. */
class Pieces {
  text = '';
  #isPseudonym = false;
  readonly #replaceWords: (gap: string) => string;

  /** @param replaceWords replaces what no reading of a name has found to be a word. */
  constructor(replaceWords: (gap: string) => string) {
    this.#replaceWords = replaceWords;
  }

  plain(text: string): void {
    this.#add(text, false);
  }

  pseudonym(text: string): void {
    this.#add(text, true);
  }

  gap(text: string): void {
    const safe = this.#replaceWords(text);
    if (text !== '') this.#add(safe, safe !== text);
  }

  #add(text: string, isPseudonym: boolean): void {
    const isTouching = /[\p{L}\p{N}]$/u.test(this.text) && /^[\p{L}\p{N}]/u.test(text);
    if (isTouching && (isPseudonym || this.#isPseudonym)) this.text += '_';
    this.text += text;
    this.#isPseudonym = isPseudonym;
  }
}

/** Returns the people whom words that stand together may mean, in any spelling of each word. */
function namesOf(part: readonly Token[], people: KnownPeople): string[] {
  const forms = part.reduce<string[]>(
    (all, { text }) => all.flatMap((start) => spellings(text).map((spelling) => start + spelling)),
    [''],
  );
  return [...new Set(forms.flatMap((form) => people.named(form)))];
}

/** Whether several words can be a name: not a camera's letters, and not only words for things. */
function mayBeName(part: readonly Token[]): boolean {
  if (part.some((token) => isClip(token) || isNumber(token))) return false;
  if (part.every(isLetter)) return part.length >= MIN_SPELLED_OUT;
  return part.some((token) => !isLetter(token) && ((token.kinds & FIRM) === 0 || (token.kinds & NAME) !== 0));
}

/** Whether a word is sent as it is. */
function isSent(token: Token, previous: Token | undefined, next: Token | undefined, people: KnownPeople): boolean {
  if (isNumber(token) || isLetter(token)) return true;
  // Words that only the reading of a name has made, such as compounds, are not in the lists.
  const kinds = kindsOf(token.key);
  if (kinds === 0) return false;
  const isName = (kinds & NAME) !== 0;
  const isOrder = (kinds & ORDER) !== 0 && (kinds & KIND.given) === 0;
  const beside = [previous, next].filter((other) => other !== undefined);
  if (isOrder && beside.some((other) => isNumber(other) || isLetter(other))) return true;
  if (spellings(token.text).some((spelling) => people.hasWord(spelling))) return false;
  return !isName || (isOrder && !beside.some((other) => (other.kinds & NAME) !== 0));
}

function isNumber({ text }: Token): boolean {
  return /^\p{N}+$/u.test(text);
}

function isLetter({ key }: Token): boolean {
  return /^[a-z]$/.test(key);
}

function isClip({ kinds }: Token): boolean {
  return (kinds & KIND.clip) !== 0;
}

/** Hides letters that stand together in a clip's name: they are codes of devices, or initials. */
function masked(clip: string): string {
  return clip.replaceAll(/[\p{L}\p{M}]{2,}/gu, (letters) => 'x'.repeat(letters.length));
}

function isKnownExtension(file: string): boolean {
  const dot = file.lastIndexOf('.');
  return dot > 0 && (fileTypeOf(file) !== 'other' || EXTENSIONS.has(file.slice(dot + 1).toLowerCase()));
}
