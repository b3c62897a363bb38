/**
 * The assets of a scope as columns. Rows keep their numbers for the life of the table; a row whose asset has left the
 * scope is absent until the asset returns.
 */

import {
  type Flag,
  flags,
  type NumberColumn,
  numberColumns,
  type ValueColumn,
  valueColumns,
} from '../model/mirror-questions.ts';
import { formatUuid, writeUuid } from '../model/uuid-bytes.ts';
import { type Bits, hasBit, noBits, setBit, wordsFor } from './bits.ts';
import { CodeColumn, NameColumn, NumberColumnData } from './columns.ts';
import { type CopiedRow, readCopied } from './copied-rows.ts';
import { IdIndex } from './id-index.ts';
import { ValueDictionary } from './value-dictionary.ts';

/** Value columns of `assets` other than the folder, whose number counts within its package. */
const codedColumns = ['package_id', 'file_type', 'asset_type', 'subject_id', 'camera', 'review_status'] as const;

/**
 * The columns of a copied row of `assets`, as SQL, in the order in which {@link AssetTable.write} reads them.
 */
export const copiedColumns = [
  'id',
  ...codedColumns,
  'folder',
  'name',
  ...numberColumns,
  // One bit for each flag, in the order of `flags`.
  `(picked_up_at IS NOT NULL)::integer
   + 2 * (missing_since IS NOT NULL)::integer
   + 4 * (problem IS NOT NULL)::integer
   + 8 * (sidecar_of IS NOT NULL)::integer
   + 16 * (missing_frames IS NOT NULL)::integer`,
] as const;

/** The columns of copied rows of `asset_tags` and of `folders`. */
export const copiedTagColumns = ['asset_id', 'tag'] as const;
export const copiedFolderColumns = ['package_id', 'number', 'path'] as const;

const STATUS = codedColumns.indexOf('review_status');

const field = {
  id: 0,
  coded: 1,
  folder: 1 + codedColumns.length,
  name: 2 + codedColumns.length,
  numbers: 3 + codedColumns.length,
  flags: 3 + codedColumns.length + numberColumns.length,
};

/** All that a table holds: arrays by name, and the rest as plain data. */
export interface TableContent {
  readonly arrays: ReadonlyMap<string, ContentArray>;
  readonly facts: TableFacts;
}

export type ContentArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export interface TableFacts {
  /** The values of each coded column in hexadecimal. */
  readonly values: readonly (readonly string[])[];
  /** The package's code, the number and the value of each folder. */
  readonly folders: readonly (readonly [number, number, string])[];
  readonly tags: readonly string[];
}

export class AssetTable {
  readonly ids = new IdIndex();
  readonly names = new NameColumn();
  /** The rows whose assets are in the scope. */
  present: Bits = noBits(0);
  /** One set of rows for each tag. */
  readonly tags = new Map<string, Bits>();
  readonly flagged: Record<Flag, Bits> = Object.fromEntries(flags.map((flag) => [flag, noBits(0)])) as never;
  readonly numbers: Record<NumberColumn, NumberColumnData> = {
    size_bytes: new NumberColumnData('double'),
    modified_at: new NumberColumnData('double'),
    duration_seconds: new NumberColumnData('double'),
    first_frame: new NumberColumnData('integer'),
    last_frame: new NumberColumnData('integer'),
    yaw: new NumberColumnData('real'),
    pitch: new NumberColumnData('real'),
    roll: new NumberColumnData('real'),
    sharpness: new NumberColumnData('real'),
  };
  readonly codes: Record<ValueColumn, CodeColumn> = {
    package_id: new CodeColumn(),
    folder: new CodeColumn(),
    file_type: new CodeColumn(),
    asset_type: new CodeColumn(),
    subject_id: new CodeColumn(),
    camera: new CodeColumn(),
    review_status: new CodeColumn(),
  };
  /** Rises with every change. */
  version = 0;
  /** Rises when an asset enters or leaves the scope. */
  presentVersion = 0;
  /** Rises when a name or a folder's path changes, or a row is added. */
  textVersion = 0;
  /** Each rises when a known row's value changes in that column. */
  readonly columnVersions: Record<'name' | 'review_status' | NumberColumn, number> = {
    name: 0,
    review_status: 0,
    ...(Object.fromEntries(numberColumns.map((column) => [column, 0])) as Record<NumberColumn, number>),
  };
  readonly #dictionaries: Record<(typeof codedColumns)[number], ValueDictionary> = {
    package_id: new ValueDictionary(),
    file_type: new ValueDictionary(),
    asset_type: new ValueDictionary(),
    subject_id: new ValueDictionary(),
    camera: new ValueDictionary(),
    review_status: new ValueDictionary(),
  };
  readonly #dictionaryList = codedColumns.map((column) => this.#dictionaries[column]);
  readonly #codeList = codedColumns.map((column) => this.codes[column]);
  readonly #numberList = numberColumns.map((column) => this.numbers[column]);
  readonly #values = new Map<ValueColumn, string[]>();
  /** Codes of folders by package code, then by number, and their values: package's id, slash, path. */
  readonly #folders: Map<number, number>[] = [];
  readonly #folderValues: string[] = [];
  #words = 0;

  /** The number of rows, including absent ones. */
  get rows(): number {
    return this.ids.count;
  }

  /** Adds or replaces assets. @param copied rows of {@link copiedColumns}. */
  write(copied: Uint8Array): void {
    readCopied(copied, copiedColumns.length, (row) => this.#writeRow(row));
    this.version += 1;
  }

  /**
   * Replaces assets by what was read for them; those that were not found have left the scope.
   *
   * @param ids the uuids that were asked for.
   */
  replace(ids: Iterable<string>, copied: Uint8Array): void {
    for (const id of ids) {
      const row = this.rowOf(id);
      if (row !== -1 && hasBit(this.present, row)) {
        setBit(this.present, row, false);
        this.presentVersion += 1;
      }
    }
    this.write(copied);
  }

  /**
   * Replaces the tags of some assets, or of all.
   *
   * @param ids uuids; null: all assets.
   * @param copied rows of {@link copiedTagColumns}; those of assets that have no row are ignored.
   */
  replaceTags(ids: Iterable<string> | null, copied: Uint8Array): void {
    if (ids === null) for (const bits of this.tags.values()) bits.fill(0);
    else {
      for (const id of ids) {
        const row = this.rowOf(id);
        if (row !== -1) for (const bits of this.tags.values()) setBit(bits, row, false);
      }
    }
    this.addTags(copied);
  }

  /** @param copied rows of {@link copiedTagColumns}; those of assets that have no row are ignored. */
  addTags(copied: Uint8Array): void {
    const sets: Bits[] = [];
    const dictionary = new ValueDictionary();
    readCopied(copied, copiedTagColumns.length, (row) => {
      const number = this.ids.find(row.bytes, row.start(0));
      if (number === -1) return;
      const code = dictionary.give(row.bytes, row.start(1), row.end(1));
      sets[code] ??= this.#setOf(decoder.decode(dictionary.bytesOf(code)));
      setBit(sets[code], number, true);
    });
    this.version += 1;
  }

  /** @param copied rows of {@link copiedFolderColumns}. */
  writeFolders(copied: Uint8Array): void {
    readCopied(copied, copiedFolderColumns.length, (row) => {
      const packageCode = this.#dictionaries.package_id.give(row.bytes, row.start(0), row.end(0));
      const code = this.#folderCode(packageCode, row.int4(1));
      const path = decoder.decode(row.bytes.subarray(row.start(2), row.end(2)));
      this.#folderValues[code] = `${this.valuesOf('package_id')[packageCode]}/${path}`;
    });
    this.version += 1;
    this.textVersion += 1;
  }

  /** Returns all that the table holds, for {@link AssetTable.restore}. The arrays are the table's own. */
  content(): TableContent {
    const { rows } = this;
    const words = wordsFor(rows);
    const { ids, slots } = this.ids.arrays();
    const { bytes, starts, lengths } = this.names.arrays(rows);
    const arrays = new Map<string, ContentArray>([
      ...Object.entries({ ids, slots, names: bytes, nameStarts: starts, nameLengths: lengths }),
      ['present', this.present.subarray(0, words)],
    ]);
    for (const flag of flags) arrays.set(`flag ${flag}`, this.flagged[flag].subarray(0, words));
    for (const column of valueColumns) arrays.set(`code ${column}`, this.codes[column].codes.subarray(0, rows));
    for (const column of numberColumns) {
      const { numbers } = this.numbers[column];
      if (numbers !== null) arrays.set(`number ${column}`, numbers.subarray(0, rows));
    }
    for (const [tag, bits] of this.tags) arrays.set(`tag ${tag}`, bits.subarray(0, words));
    const folders: [number, number, string][] = [];
    for (const [packageCode, codes] of this.#folders.entries()) {
      for (const [number, code] of codes) folders[code] = [packageCode, number, this.#folderValues[code] ?? ''];
    }
    const values = this.#dictionaryList.map((dictionary) => dictionary.values.map(toHex));
    return { arrays, facts: { values, folders, tags: [...this.tags.keys()] } };
  }

  /** Fills an empty table with what another one held, and takes over its arrays. */
  restore({ arrays, facts }: TableContent): void {
    const get = (name: string) => {
      const array = arrays.get(name);
      if (!array) throw new TypeError(`The table has no “${name}”.`);
      return array as never;
    };
    this.ids.restore({ ids: get('ids'), slots: get('slots') });
    this.names.restore({ bytes: get('names'), starts: get('nameStarts'), lengths: get('nameLengths') });
    this.present = get('present');
    this.#words = this.present.length;
    for (const flag of flags) this.flagged[flag] = get(`flag ${flag}`);
    for (const column of valueColumns) this.codes[column].codes = get(`code ${column}`);
    for (const column of numberColumns) {
      if (arrays.has(`number ${column}`)) this.numbers[column].numbers = get(`number ${column}`);
    }
    for (const tag of facts.tags) this.tags.set(tag, get(`tag ${tag}`));
    for (const [index, values] of facts.values.entries()) this.#dictionaryList[index]?.restore(values.map(fromHex));
    for (const [code, [packageCode, number, value]] of facts.folders.entries()) {
      this.#folders[packageCode] ??= new Map();
      this.#folders[packageCode].set(number, code);
      this.#folderValues.push(value);
    }
    this.version += 1;
    this.presentVersion += 1;
    this.textVersion += 1;
  }

  /** Gives back the memory that growing columns hold in reserve. */
  trim(): void {
    this.names.trim(this.rows);
    for (const column of [...this.#codeList, this.codes.folder, ...this.#numberList]) column.trim(this.rows);
  }

  /** Returns an asset's row; -1: it was never in the scope. */
  rowOf(id: string): number {
    writeUuid(uuidBytes, id);
    return this.ids.find(uuidBytes, 0);
  }

  /** Returns a value column's values by their codes. */
  valuesOf(column: ValueColumn): readonly string[] {
    if (column === 'folder') return this.#folderValues;
    const dictionary = this.#dictionaries[column];
    const known = this.#values.get(column) ?? [];
    this.#values.set(column, known);
    const isUuid = column === 'package_id' || column === 'subject_id';
    while (known.length < dictionary.size) {
      const bytes = dictionary.bytesOf(known.length);
      known.push(isUuid ? formatUuid(bytes, 0) : decoder.decode(bytes));
    }
    return known;
  }

  /** Bytes that the table takes, names included. */
  get byteLength(): number {
    let sum = this.ids.byteLength + this.names.byteLength + this.present.byteLength;
    for (const column of Object.values(this.codes)) sum += column.byteLength;
    for (const column of Object.values(this.numbers)) sum += column.byteLength;
    for (const bits of [...Object.values(this.flagged), ...this.tags.values()]) sum += bits.byteLength;
    return sum;
  }

  #writeRow(copied: CopiedRow): void {
    const before = this.ids.count;
    const row = this.ids.give(copied.bytes, copied.start(field.id));
    const isNew = row === before;
    if (wordsFor(row + 1) > this.#words) this.#enlargeSets(row);
    if (!hasBit(this.present, row)) {
      setBit(this.present, row, true);
      this.presentVersion += 1;
    }
    const start = copied.start(field.name);
    const end = copied.end(field.name);
    if (isNew || !this.names.has(row, copied.bytes, start, end)) {
      this.names.set(row, copied.bytes, start, end);
      this.textVersion += 1;
      if (!isNew) this.columnVersions.name += 1;
    }
    // Plain loops over prepared lists: this runs for each of a million rows.
    for (let index = 0; index < codedColumns.length; index++) {
      const at = field.coded + index;
      const codes = this.#codeList[index] as CodeColumn;
      const dictionary = this.#dictionaryList[index] as ValueDictionary;
      const code = copied.isNull(at) ? null : dictionary.give(copied.bytes, copied.start(at), copied.end(at));
      if (index === STATUS && !isNew && codes.codes[row] !== code) this.columnVersions.review_status += 1;
      codes.set(row, code);
    }
    const folder = this.#folderCode(this.codes.package_id.codes[row] as number, copied.int4(field.folder));
    if (!isNew && this.codes.folder.codes[row] !== folder) this.textVersion += 1;
    this.codes.folder.set(row, folder);
    for (let index = 0; index < numberColumns.length; index++) {
      const column = numberColumns[index] as NumberColumn;
      const numbers = this.#numberList[index] as NumberColumnData;
      const value = readNumber(copied, field.numbers + index, column);
      if (!isNew && !Object.is(numbers.get(row), value)) this.columnVersions[column] += 1;
      numbers.set(row, value);
    }
    const bits = copied.int4(field.flags);
    for (let index = 0; index < flags.length; index++) {
      setBit(this.flagged[flags[index] as Flag], row, ((bits >>> index) & 1) === 1);
    }
  }

  #folderCode(packageCode: number, number: number): number {
    this.#folders[packageCode] ??= new Map();
    const known = this.#folders[packageCode].get(number);
    if (known !== undefined) return known;
    const code = this.#folderValues.length;
    this.#folders[packageCode].set(number, code);
    // During the first load an asset may arrive before its folder.
    this.#folderValues.push(`${this.valuesOf('package_id')[packageCode]}/`);
    return code;
  }

  #setOf(tag: string): Bits {
    let bits = this.tags.get(tag);
    if (!bits) {
      bits = new Uint32Array(this.#words);
      this.tags.set(tag, bits);
    }
    return bits;
  }

  #enlargeSets(row: number): void {
    this.#words = Math.max(wordsFor(row + 1), this.#words + (this.#words >>> 1), 8);
    const larger = (bits: Bits): Bits => {
      const copy = new Uint32Array(this.#words);
      copy.set(bits);
      return copy;
    };
    this.present = larger(this.present);
    for (const flag of flags) this.flagged[flag] = larger(this.flagged[flag]);
    for (const [tag, bits] of this.tags) this.tags.set(tag, larger(bits));
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

const decoder = new TextDecoder();
const uuidBytes = new Uint8Array(16);

function readNumber(row: CopiedRow, at: number, column: NumberColumn): number {
  switch (column) {
    case 'size_bytes':
      return row.int8(at);
    case 'modified_at':
      return row.time(at);
    case 'duration_seconds':
      return row.float8(at);
    case 'first_frame':
    case 'last_frame':
      return row.int4(at);
    default:
      return row.float4(at);
  }
}
