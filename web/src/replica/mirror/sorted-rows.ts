/**
 * The rows of a table in the orders of lists. Each order is sorted once and kept until a value that it depends on changes:
 * a filter then picks from it. Absent rows are included.
 */
import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { NumberColumn, Sort } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';

export interface SortedRows {
  /** Row numbers, ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Where the parts of the order end. A descending order has them, or their rows, the other way round. */
  readonly ends: readonly number[];
}

/** The order of the buttons, not the alphabetical one. */
const statusOrder: readonly ReviewStatus[] = ['approved', 'rejected', 'flagged', 'unreviewed'];

/** Orders by other values than names that are kept: the list's, and the one before. */
const KEPT = 2;
/** Below this many rows, comparing costs less than counting digits. */
const FEW = 2048;
const DIGITS = 0x1_0000;

export class Orders {
  readonly #table: AssetTable;
  readonly #kept = new Map<string, { readonly key: string; readonly sorted: SortedRows }>();

  constructor(table: AssetTable) {
    this.#table = table;
  }

  get byteLength(): number {
    let sum = 0;
    for (const { sorted } of this.#kept.values()) sum += sorted.rows.byteLength;
    return sum;
  }

  /** Sorts by a column, or takes the order that was kept. */
  *by(sort: Sort['by']): Generator<void, SortedRows> {
    const key = this.#keyOf(sort);
    const kept = this.#kept.get(sort);
    if (kept?.key === key) {
      this.#keep(sort, kept);
      return kept.sorted;
    }
    const sorted = yield* this.#sort(sort);
    // Rows may have changed between the steps; the caller begins again then.
    if (this.#keyOf(sort) === key) this.#keep(sort, { key, sorted });
    return sorted;
  }

  /** Returns the rows by name where they have been sorted; null: not yet. */
  get byName(): Uint32Array<ArrayBuffer> | null {
    const kept = this.#kept.get('name');
    return kept?.key === this.#keyOf('name') ? kept.sorted.rows : null;
  }

  /** Takes over rows that are sorted by name. */
  restoreByName(rows: Uint32Array<ArrayBuffer>): void {
    this.#keep('name', { key: this.#keyOf('name'), sorted: { rows, ends: [rows.length] } });
  }

  #keep(sort: Sort['by'], order: { readonly key: string; readonly sorted: SortedRows }): void {
    this.#kept.delete(sort);
    const others = [...this.#kept.keys()].filter((name) => name !== 'name');
    if (sort !== 'name' && others.length >= KEPT) this.#kept.delete(others[0] as string);
    this.#kept.set(sort, order);
  }

  #keyOf(sort: Sort['by']): string {
    const { rows, columnVersions: versions } = this.#table;
    if (sort === 'pose') return `${rows} ${versions.name} ${versions.yaw} ${versions.pitch}`;
    return `${rows} ${versions.name} ${versions[sort]}`;
  }

  *#sort(sort: Sort['by']): Generator<void, SortedRows> {
    switch (sort) {
      case 'name':
        return { rows: yield* this.#byName(), ends: [this.#table.rows] };
      case 'review_status':
        return yield* this.#byStatus();
      case 'pose':
        return yield* this.#byNumbers(['pitch', 'yaw']);
      default:
        return yield* this.#byNumbers([sort]);
    }
  }

  *#byName(): Generator<void, Uint32Array<ArrayBuffer>> {
    const { rows: count, names, ids } = this.#table;
    const rows = everyRow(count);
    const compare = (one: number, other: number) => names.compare(one, other) || ids.compare(one, other);
    // Rows usually arrive in the order of an index.
    if (isSorted(rows, compare)) return rows;
    yield;
    const parts: { from: number; to: number; equal: number }[] = [{ from: 0, to: count, equal: 0 }];
    for (let part = parts.pop(); part; part = parts.pop()) {
      const { from, to } = part;
      if (to - from < FEW) {
        rows.subarray(from, to).sort(compare);
        if (parts.length % 16 === 0) yield;
        continue;
      }
      const equal = names.commonPrefix(rows, from, to, part.equal);
      yield;
      const run = rows.subarray(from, to);
      yield* sortByWords(run, (row) => names.word(row, equal + 4));
      yield* sortByWords(run, (row) => names.word(row, equal));
      // Rows that agree in these eight bytes are sorted by the following ones.
      let start = from;
      for (let index = from + 1; index <= to; index++) {
        const before = rows[index - 1] as number;
        const row = rows[index] as number;
        const same =
          index < to &&
          names.word(before, equal) === names.word(row, equal) &&
          names.word(before, equal + 4) === names.word(row, equal + 4);
        if (same) continue;
        if (index - start > 1) {
          const ended = (names.word(before, equal + 4) & 0xff) === 0;
          if (ended || index - start < FEW) rows.subarray(start, index).sort(compare);
          else parts.push({ from: start, to: index, equal: equal + 8 });
        }
        start = index;
      }
      yield;
    }
    return rows;
  }

  *#byStatus(): Generator<void, SortedRows> {
    const table = this.#table;
    const { rows: byName } = yield* this.by('name');
    const { codes } = table.codes.review_status;
    const ranks = table.valuesOf('review_status').map((status) => statusOrder.indexOf(status as ReviewStatus));
    const rows = byName.slice();
    yield* sortByWords(rows, (row) => ranks[codes[row] as number] ?? 0);
    const counts = new Uint32Array(statusOrder.length);
    for (const row of rows) increment(counts, ranks[codes[row] as number] ?? 0);
    let end = 0;
    const ends = Array.from(counts, (count) => {
      end += count;
      return end;
    });
    return { rows, ends };
  }

  /** @param columns the one that counts most comes last. */
  *#byNumbers(columns: readonly NumberColumn[]): Generator<void, SortedRows> {
    const table = this.#table;
    const numbers = columns.map((column) => table.numbers[column]);
    const { rows: byName } = yield* this.by('name');
    const isKnown = (row: number) => numbers.every((column) => !Number.isNaN(column.get(row)));
    const unknown = byName.filter((row) => !isKnown(row));
    yield;
    let rows = everyRow(table.rows);
    if (unknown.length > 0) rows = rows.filter(isKnown);
    yield* sortByValues(rows, numbers);
    const isEqual = (one: number, other: number) => numbers.every((column) => column.get(one) === column.get(other));
    if (equalNeighbours(rows, isEqual) > rows.length / 8) {
      yield;
      yield* sortByIds(rows, table);
      yield* sortByValues(rows, numbers);
    } else sortRunsByIds(rows, table, isEqual);
    yield;
    const all = new Uint32Array(table.rows);
    all.set(rows);
    all.set(unknown, rows.length);
    return { rows: all, ends: [rows.length, all.length] };
  }
}

/** @param columns the one that counts most comes last. */
function* sortByValues(rows: Uint32Array<ArrayBuffer>, columns: readonly NumberValues[]): Generator<void, void> {
  for (const column of columns) {
    yield* sortByWords(rows, (row) => sortableWords(column.get(row))[1]);
    yield* sortByWords(rows, (row) => sortableWords(column.get(row))[0]);
  }
}

interface NumberValues {
  get(row: number): number;
}

type IsEqual = (one: number, other: number) => boolean;

function equalNeighbours(rows: Uint32Array, isEqual: IsEqual): number {
  let equal = 0;
  for (let index = 1; index < rows.length; index++)
    if (isEqual(rows[index - 1] as number, rows[index] as number)) equal++;
  return equal;
}

/** Sorts each run of equal rows by id: cheaper than sorting all rows by id first where runs are few. */
function sortRunsByIds(rows: Uint32Array<ArrayBuffer>, { ids }: AssetTable, isEqual: IsEqual): void {
  let start = 0;
  for (let index = 1; index <= rows.length; index++) {
    if (index < rows.length && isEqual(rows[index - 1] as number, rows[index] as number)) continue;
    if (index - start > 1) rows.subarray(start, index).sort((one, other) => ids.compare(one, other));
    start = index;
  }
}

function* sortByIds(rows: Uint32Array<ArrayBuffer>, { ids }: AssetTable): Generator<void, void> {
  for (const word of [3, 2, 1, 0]) yield* sortByWords(rows, (row) => ids.part(row, word));
}

function isSorted(rows: Uint32Array, compare: (one: number, other: number) => number): boolean {
  for (let index = 1; index < rows.length; index++) {
    if (compare(rows[index - 1] as number, rows[index] as number) > 0) return false;
  }
  return true;
}

function everyRow(count: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const pair: [number, number] = [0, 0];

/** Returns two words, the upper first, that sort as the number does. The array is reused. */
function sortableWords(value: number): [number, number] {
  // Postgres takes -0 for 0.
  double[0] = value + 0;
  const lower = words[0] as number;
  const upper = words[1] as number;
  const negative = upper >>> 31 === 1;
  pair[0] = (negative ? ~upper : upper ^ 0x8000_0000) >>> 0;
  pair[1] = (negative ? ~lower : lower) >>> 0;
  return pair;
}

/** Sorts rows by 32-bit words and keeps the order of equal ones: by the lower half, then by the upper. */
function* sortByWords(rows: Uint32Array<ArrayBuffer>, wordOf: (row: number) => number): Generator<void, void> {
  const length = rows.length;
  if (length < 2) return;
  const keys = new Uint32Array(length);
  let all = 0;
  let sortedAlready = true;
  let before = 0;
  const first = wordOf(rows[0] as number);
  for (let index = 0; index < length; index++) {
    const word = wordOf(rows[index] as number);
    keys[index] = word;
    all |= word ^ first;
    if (word < before) sortedAlready = false;
    before = word;
  }
  yield;
  if (sortedAlready) return;
  // Halves in which all words agree change nothing.
  const halves = [0, 16].filter((shift) => ((all >>> shift) & 0xffff) !== 0);
  for (const [pass, shift] of halves.entries()) {
    const counts = new Uint32Array(DIGITS + 1);
    for (let index = 0; index < length; index++) increment(counts, (((keys[index] as number) >>> shift) & 0xffff) + 1);
    for (let digit = 0; digit < DIGITS; digit++) {
      counts[digit + 1] = (counts[digit + 1] as number) + (counts[digit] as number);
    }
    const sorted = new Uint32Array(length);
    const sortedKeys = new Uint32Array(length);
    for (let index = 0; index < length; index++) {
      const key = keys[index] as number;
      const to = increment(counts, (key >>> shift) & 0xffff);
      sorted[to] = rows[index] as number;
      sortedKeys[to] = key;
    }
    rows.set(sorted);
    if (pass + 1 < halves.length) keys.set(sortedKeys);
    yield;
  }
}

/** Adds one. @returns the count before. */
function increment(counts: Uint32Array, at: number): number {
  const before = counts[at] as number;
  counts[at] = before + 1;
  return before;
}
