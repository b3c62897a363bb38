/** Splits a name into words, and words into parts where case, digits or scripts change. */
import { type ClipName, clipIn } from './clip-names.ts';
import { eastAsianFamily, KIND, kindsOf } from './dictionary.ts';
import { fold, hasNoCase } from './fold.ts';

export interface Token {
  /** As written. */
  readonly text: string;
  /** As {@link fold} gives it. */
  readonly key: string;
  /** Bits of {@link KIND}. */
  readonly kinds: number;
  readonly start: number;
  readonly end: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly clip: ClipName | null;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
/** Where a word may be split: 'camB', 'JANEDoe', 'take2', '2nd', 'カメラA', '田中たろう'. */
const PARTS =
  /\p{Lu}+(?!\p{Ll})(?:['’]\p{Lu}+)*|\p{Lu}?\p{M}*(?:\p{Ll}\p{M}*)+(?:['’]\p{Ll}+)?|\p{N}+|\p{Script=Han}+|\p{Script=Katakana}[\p{Script=Katakana}ー]*|\p{Script=Hiragana}+|\p{Script=Hangul}+|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{Lu}/gu;
/** Begins names that go on with a capital: 'McDonald', 'DiCaprio', 'OConnor'. */
const NAME_BEGINS = new Set([
  'mc',
  'mac',
  'de',
  'di',
  'la',
  'le',
  'van',
  'von',
  'du',
  'da',
  'del',
  'fitz',
  'o',
  'd',
  'st',
]);
const CAMERA_WORD = /^(cam|camera|kamera|camara|kam)([a-z]|\d{1,8})$|^([a-z]|\d{1,3})(cam|camera|kamera)$/;

/** Words in small letters that end otherwise are no cameras: they are most of those that no list has. */
const LOWER = /^[a-z]+$/;
const CAMERA_AT_END = /(?:cam|camera|kamera|camara|kam)[a-z]?$/;

const ONE_CASE = /^(?:[a-z]+|[A-Z]+)$/;

interface Part {
  readonly text: string;
  readonly key: string;
  readonly kinds: number;
  readonly offset: number;
}

/** Splits names and remembers words: a delivery repeats few words in many names. */
export class Tokeniser {
  readonly #words = new Map<string, readonly Part[]>();

  /** @param name of a folder, or of a file without its extension. */
  tokensOf(name: string): Tokens {
    const clip = clipIn(name);
    const tokens: Token[] = [];
    if (clip === null) this.#split(name, 0, name.length, tokens);
    else {
      this.#split(name, 0, clip.start, tokens);
      const text = name.slice(clip.start, clip.end);
      tokens.push({ text, key: text.toLowerCase(), kinds: KIND.clip, start: clip.start, end: clip.end });
      this.#split(name, clip.end, name.length, tokens);
    }
    return { tokens, clip };
  }

  #split(name: string, from: number, to: number, tokens: Token[]): void {
    WORD.lastIndex = from;
    for (let match = WORD.exec(name); match !== null && match.index < to; match = WORD.exec(name)) {
      const word = match[0].slice(0, to - match.index);
      for (const { text, key, kinds, offset } of this.#partsOf(word)) {
        const start = match.index + offset;
        tokens.push({ text, key, kinds, start, end: start + text.length });
      }
      WORD.lastIndex = match.index + word.length;
    }
  }

  #partsOf(word: string): readonly Part[] {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const parts = partsOf(word);
    this.#words.set(word, parts);
    return parts;
  }
}

function partsOf(word: string): readonly Part[] {
  const key = fold(word);
  const kinds = kindsOf(key);
  if (/^\d+$/.test(word)) return [{ text: word, key, kinds: KIND.number, offset: 0 }];
  if (word.length === 1 && /^[a-zА-Г]$/i.test(word))
    return [{ text: word, key: latinLetter(key), kinds: kinds | KIND.letter, offset: 0 }];
  if (kinds !== 0) return [{ text: word, key, kinds, offset: 0 }];
  // O'Malley, D'Angelo.
  if (/^\p{L}{1,2}['’]\p{Lu}/u.test(word)) return [{ text: word, key, kinds: KIND.family, offset: 0 }];
  if (key === word && LOWER.test(word) && !CAMERA_AT_END.test(word)) return [compound(word, key)];
  const camera = CAMERA_WORD.exec(key);
  if (camera !== null && key.length === word.length) {
    const length = (camera[1] ?? camera[3] ?? '').length;
    return [part(word, 0, length), part(word, length, word.length)];
  }
  if (ONE_CASE.test(word)) return [compound(word, key)];
  const pieces = [...word.matchAll(PARTS)];
  if (pieces.length < 2) return [compound(word, key)];
  const first = pieces[0]?.[0] ?? '';
  const isPlain = pieces.every(([piece]) => /^\p{L}/u.test(piece));
  // 'OConnor', 'JDoe', 'McDonald' are names in one word.
  if (isPlain && pieces.length === 2 && (first.length === 1 || NAME_BEGINS.has(fold(first)))) {
    const rest = fold(pieces[1]?.[0] ?? '');
    if (rest.length > 2 && !hasNoCase(rest))
      return [{ text: word, key, kinds: namePart(fold(first), rest), offset: 0 }];
  }
  // 'MLSmith': two initials and a family's name.
  const rest = fold(pieces[1]?.[0] ?? '');
  if (
    isPlain &&
    pieces.length === 2 &&
    /^\p{Lu}{2}$/u.test(first) &&
    rest.length > MIN_IN_COMPOUND &&
    kindsOf(fold(first)) === 0
  ) {
    if ((kindsOf(rest) & ~KIND.family) === 0) return [{ text: word, key, kinds: 0, offset: 0 }];
  }
  const parts = pieces.map((piece) => part(word, piece.index, piece.index + piece[0].length));
  const isWhole = parts.every(({ kinds: of, text }) => of !== 0 || text.length > 2 || hasNoCase(text));
  return isWhole ? parts : [{ text: word, key, kinds: KIND.code, offset: 0 }];
}

/** The letters by which Russian deliveries tell cameras apart. */
const CYRILLIC_LETTERS: Readonly<Record<string, string>> = { а: 'a', б: 'b', в: 'v', г: 'g' };

function latinLetter(key: string): string {
  return CYRILLIC_LETTERS[key] ?? key;
}

/** 'OConnor' is a family's name even when no list has it; 'JDoe' is one when a list has 'Doe'. */
function namePart(first: string, rest: string): number {
  if (kindsOf(`${first}${rest}`) !== 0) return kindsOf(`${first}${rest}`);
  return first.length === 1 && first !== 'o' && first !== 'd' ? 0 : KIND.family;
}

function part(word: string, start: number, end: number): Part {
  const text = word.slice(start, end);
  const key = fold(text);
  if (/^\p{N}+$/u.test(text)) return { text, key, kinds: KIND.number, offset: start };
  const kinds = (kindsOf(key) || camerasPlace(key)) | (/^[a-z]$/.test(key) ? KIND.letter : 0);
  return { text, key, kinds, offset: start };
}

/** 'topcam' of 'topcam1'. */
function camerasPlace(key: string): number {
  return key.endsWith('cam') && (kindsOf(key.slice(0, -3)) & KIND.position) !== 0 ? KIND.camera | KIND.position : 0;
}

const MIN_IN_COMPOUND = 3;
const MIN_COMPOUND = 7;
/** Shorter given names begin too many words: 'PARKING'. */
const MIN_GIVEN = 4;
/** Meanings that make a compound of two words a thing: 'Kamerabericht', 'testchart'. */
const SPECIFIC = KIND.graded | KIND.proxy | KIND.sound | KIND.document | KIND.camera | KIND.shared | KIND.capture;

/** Words that end no compound: 'SKINNEAR' is an initial and a family's name, not 'skin' and 'near'. */
const endsNoCompound = new Set('near far the and for with from here very'.split(' '));

/** Reads a word in no list that is made of two: 'testchart' is a chart, 'JANEDOE' a name. */
function compound(word: string, key: string): Part {
  const whole = { text: word, key, offset: 0 };
  if (hasNoCase(word)) return { ...whole, kinds: endingIn(key) };
  for (let cut = MIN_IN_COMPOUND; cut <= key.length - MIN_IN_COMPOUND; cut++) {
    const first = kindsOf(key.slice(0, cut));
    const second = first === 0 ? 0 : kindsOf(key.slice(cut));
    if (second === 0) continue;
    const isName = cut >= MIN_GIVEN && (first & KIND.given) !== 0 && (second & KIND.family) !== 0;
    if (isName && word !== word.toLowerCase()) return { ...whole, kinds: KIND.given | KIND.family };
    const isNameToo = ((first | second) & (KIND.given | KIND.family)) !== 0;
    const isWord = (second & KIND.particle) === 0 && !endsNoCompound.has(key.slice(cut));
    if (!isNameToo && isWord && ((first | second) & SPECIFIC) !== 0 && key.length >= MIN_COMPOUND) {
      return { ...whole, kinds: (first | second) & ~(KIND.particle | KIND.title) };
    }
  }
  return { ...whole, kinds: 0 };
}

const MIN_ENDING = 2;

/** Reads a word without capitals by its end: 'グレーチャート' is a chart, '機材リスト' a list; one that begins like a name is none. */
function endingIn(key: string): number {
  if (eastAsianFamily(key) !== null) return 0;
  for (let cut = MIN_ENDING; cut <= key.length - MIN_ENDING; cut++) {
    const kinds = kindsOf(key.slice(cut));
    if ((kinds & (SPECIFIC | KIND.about)) !== 0) return kinds;
  }
  return 0;
}
