/** Reads one name of a folder, or of a file without its extension: its words, its camera and its clip. */
import type { ClipName } from './clip-names.ts';
import { isThing, KIND } from './dictionary.ts';
import { saidCamera } from './read-camera.ts';
import { type Token, Tokeniser } from './tokens.ts';

export interface NameReading {
  /** The name, with zeros for long numbers that matter to nothing here. */
  readonly name: string;
  readonly tokens: readonly Token[];
  readonly clip: ClipName | null;
  /** The camera that the name says; null: none. */
  readonly said: string | null;
  /** All meanings of its words together. */
  readonly kinds: number;
}

/** Meanings whose numbers matter: 'CAM_0012', 'Subject_007'. */
const NUMBERED = KIND.camera | KIND.person;

/** Reads names; those that differ only in long numbers are read once. */
export class NameReader {
  readonly #tokeniser = new Tokeniser();
  readonly #readings = new Map<string, NameReading>();

  /** @returns the same object for names that say the same. */
  read(name: string): NameReading {
    const pattern = patternOf(name);
    const reading = this.#read(pattern);
    return pattern !== name && (reading.kinds & NUMBERED) !== 0 ? this.#read(name) : reading;
  }

  #read(name: string): NameReading {
    let reading = this.#readings.get(name);
    if (reading === undefined) {
      const { tokens, clip } = this.#tokeniser.tokensOf(name);
      let kinds = 0;
      for (const token of tokens) kinds |= token.kinds;
      reading = { name, tokens, clip, said: (kinds & KIND.camera) === 0 ? null : saidCamera(tokens), kinds };
      this.#readings.set(name, reading);
    }
    return reading;
  }
}

const LONG_NUMBER = /\d{3,}/g;
/** Numbers that are words: H264, rec709, 4444. */
const WORDS = new Set('264 265 709 2020 420 422 444 4444 720 1080 2160'.split(' '));

/** Replaces long numbers with zeros, as many: what a name says is the same for all numbers. */
function patternOf(name: string): string {
  return name.replace(LONG_NUMBER, (digits) => (WORDS.has(digits) ? digits : '0'.repeat(digits.length)));
}

/** Splits the name of a folder, or of a file without its extension, into words, as written. */
export function wordsOf(name: string): string[] {
  return name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Removes the extension of a file's name. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/**
 * Whether a folder's name says what, when or how, but not who or where: 'DAY02', 'A_CAM', 'from client', '20240101'. A place
 * may be the name of a show.
 */
export function isGenericName(name: string): boolean {
  const { tokens } = new Tokeniser().tokensOf(name);
  const isGeneric = (kinds: number) => (kinds & ~KIND.place) !== 0 && isThing(kinds & ~KIND.place);
  return tokens.every(({ key, kinds }) => isGeneric(kinds) || (kinds & KIND.particle) !== 0 || key.length < 2);
}
