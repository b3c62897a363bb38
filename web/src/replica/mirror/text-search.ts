/** Finds the words of a search in the names and folders of a scope. */

import { foldText } from '../model/fold-text.ts';
import type { AssetTable } from './asset-table.ts';
import { addBits, type Bits, noBits, setBit } from './bits.ts';

/** A character that neither names nor Postgres texts can have. */
const END = '\0';
/** The length of a package's id and the slash after it, with which a folder's value begins. */
const PACKAGE_PREFIX = 37;

export class TextSearch {
  readonly #table: AssetTable;
  /** The folded names of all rows, each with {@link END} after it: the engine searches one long string fastest. */
  #text = '';
  /** Where each row's name begins in the text, and the text's length as one more. */
  #starts = new Uint32Array(1);
  #folders: string[] = [];
  #version = -1;

  constructor(table: AssetTable) {
    this.#table = table;
  }

  get byteLength(): number {
    return this.#text.length + this.#starts.byteLength;
  }

  /** Returns the rows whose name or folder's path has a word. @param word from `searchWords`. */
  *containing(word: string): Generator<void, Bits> {
    if (this.#version !== this.#table.textVersion) yield* this.#build();
    const slash = word.lastIndexOf('/');
    const found = this.#inFolders((path) => path.includes(word));
    yield;
    if (slash === -1) addBits(found, yield* this.#named(word.split('*'), false));
    else {
      // The rest of the word begins a name in a folder that ends with the part up to the slash.
      const named = yield* this.#named([...word.slice(slash + 1).split('*')], true);
      const before = this.#inFolders((path) => path.endsWith(word.slice(0, slash + 1)));
      for (let at = 0; at < found.length; at++) {
        found[at] = (found[at] as number) | ((named[at] as number) & (before[at] as number));
      }
    }
    return found;
  }

  /** Returns the rows whose name has a word. @param word from `searchWords`. */
  *inName(word: string): Generator<void, Bits> {
    if (this.#version !== this.#table.textVersion) yield* this.#build();
    return yield* this.#named(word.split('*'), false);
  }

  /** Returns the rows with a name. @param pattern folded; `*` stands for any characters. */
  *called(pattern: string): Generator<void, Bits> {
    if (this.#version !== this.#table.textVersion) yield* this.#build();
    return yield* this.#named(pattern.split('*'), true, true);
  }

  /** Returns the rows whose names have these parts in order. */
  *#named(parts: readonly string[], fromStart: boolean, toEnd = false): Generator<void, Bits> {
    const { rows } = this.#table;
    const bits = noBits(rows);
    const text = this.#text;
    const [first = ''] = parts;
    let row = 0;
    let steps = 0;
    while (row < rows) {
      const start = this.#starts[row] as number;
      let at = start;
      if (!fromStart && first !== '') {
        at = text.indexOf(first, start);
        if (at === -1) break;
        while ((this.#starts[row + 1] as number) <= at) row++;
      }
      const found = parts.length === 1 && !fromStart && first !== '';
      if (found || this.#continues(parts, row, at, toEnd)) setBit(bits, row, true);
      row++;
      if ((++steps & 0x1_ffff) === 0) yield;
    }
    return bits;
  }

  /** Whether a row's name has the first part at `at`, and the others after it. */
  #continues(parts: readonly string[], row: number, at: number, toEnd: boolean): boolean {
    const text = this.#text;
    const end = (this.#starts[row + 1] as number) - END.length;
    const [first = ''] = parts;
    if (!text.startsWith(first, at) || at + first.length > end) return false;
    let position = at + first.length;
    for (const part of parts.slice(1)) {
      const found = text.indexOf(part, position);
      if (found === -1 || found + part.length > end) return false;
      position = found + part.length;
    }
    if (!toEnd) return true;
    const last = parts.at(-1) as string;
    // The last part may occur earlier too.
    return parts.length === 1
      ? position === end
      : end - last.length >= position - last.length && text.startsWith(last, end - last.length);
  }

  /** Returns the rows in folders whose folded path, with a slash after it, passes a test. */
  #inFolders(test: (path: string) => boolean): Bits {
    const { rows, codes } = this.#table;
    const bits = noBits(rows);
    const passes = this.#folders.map((path) => path !== '' && test(path));
    if (!passes.includes(true)) return bits;
    const folders = codes.folder.codes;
    for (let row = 0; row < rows; row++) if (passes[folders[row] as number]) setBit(bits, row, true);
    return bits;
  }

  *#build(): Generator<void, void> {
    const table = this.#table;
    const version = table.textVersion;
    const { rows } = table;
    this.#folders = table.valuesOf('folder').map((value) => {
      const path = value.slice(PACKAGE_PREFIX);
      return path === '' ? '' : `${foldText(path)}/`;
    });
    this.#starts = new Uint32Array(rows + 1);
    const { bytes, plain } = table.names.joined(rows, 0);
    yield;
    if (plain) foldAscii(bytes);
    yield;
    const text = decoder.decode(bytes);
    this.#text = plain ? text : foldText(text);
    yield;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      this.#starts[row] = at;
      at = this.#text.indexOf(END, at) + END.length;
    }
    this.#starts[rows] = at;
    this.#version = version;
  }
}

const decoder = new TextDecoder();

/** Does to bytes below 128 what `foldText` does to characters. */
function foldAscii(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte >= 65 && byte <= 90) bytes[at] = byte + 32;
    else if (byte === 95 || byte === 45 || byte === 46 || (byte >= 9 && byte <= 13)) bytes[at] = 32;
  }
}
