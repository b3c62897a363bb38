/** Answers questions from a table. */

import {
  type Flag,
  flags,
  type Histogram,
  type MirrorAnswer,
  type MirrorQuestion,
  type Sort,
  type ValueCount,
} from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';
import { type Bits, keepBits, rowsOf, wordsFor } from './bits.ts';
import { Conditions } from './conditions.ts';
import { Counts, type RowSet } from './counts.ts';
import { Poses } from './poses.ts';
import { divide } from './sections.ts';
import { Orders, type SortedRows } from './sorted-rows.ts';

export class Answers {
  readonly #table: AssetTable;
  readonly #conditions: Conditions;
  readonly orders: Orders;
  readonly #counts: Counts;
  readonly #poses: Poses;

  constructor(table: AssetTable) {
    this.#table = table;
    this.#conditions = new Conditions(table);
    this.orders = new Orders(table);
    this.#counts = new Counts(table);
    this.#poses = new Poses(table);
  }

  /** Bytes that are kept beside the table to answer faster. */
  get byteLength(): number {
    return this.#conditions.byteLength + this.orders.byteLength + this.#counts.byteLength + this.#poses.byteLength;
  }

  /**
   * Works in steps of a few milliseconds at 1,000,000 rows. The caller may leave off between two steps, and must
   * begin again when the table's version has changed since the first.
   */
  *steps(question: MirrorQuestion): Generator<void, MirrorAnswer> {
    const table = this.#table;
    const { version } = table;
    const found = new Map<string, Bits>();
    for (const [name, condition] of Object.entries(question.where)) {
      found.set(name, yield* this.#conditions.rows(condition));
      yield;
    }
    const matching = this.#matching(found);
    const rowsFor = (ignored: string | undefined): RowSet =>
      ignored !== undefined && found.has(ignored) ? this.#matching(found, ignored) : matching;

    const facets: Record<string, ValueCount[]> = {};
    for (const [name, { column, ignores }] of Object.entries(question.facets ?? {})) {
      const rows = rowsFor(ignores);
      if (column === 'tag') facets[name] = this.#counts.tags(rows);
      else if (isFlag(column)) facets[name] = this.#counts.flag(column, rows);
      else facets[name] = this.#counts.values(column, rows);
      yield;
    }
    const histograms: Record<string, Histogram> = {};
    for (const [name, asked] of Object.entries(question.histograms ?? {})) {
      histograms[name] = yield* this.#counts.histogram(asked, rowsFor(asked.ignores));
    }
    const pose = question.pose ? yield* this.#poses.bins(question.pose, rowsFor(question.pose.ignores)) : null;
    if (question.listed === false)
      return { version, order: new Uint32Array(0), sections: [], facets, histograms, pose };
    const sorted = yield* this.orders.by(question.sort.by);
    const order = pick(sorted, question.sort, matching);
    yield;
    if (!question.group) {
      const sections = order.length > 0 ? [{ value: null, start: 0, count: order.length, totals: null }] : [];
      return { version, order, sections, facets, histograms, pose };
    }
    const divided = yield* divide(table, { order, rows: matching.rows }, question.group, question.sort);
    return { version, ...divided, facets, histograms, pose };
  }

  /** Returns the present rows that meet all conditions but the ignored one. */
  #matching(found: ReadonlyMap<string, Bits>, ignored?: string): RowSet {
    const bits = this.#table.present.slice(0, wordsFor(this.#table.rows));
    for (const [name, others] of found) if (name !== ignored) keepBits(bits, others);
    return { bits, rows: rowsOf(bits) };
  }
}

function isFlag(column: string): column is Flag {
  return (flags as readonly string[]).includes(column);
}

/** Picks the matching rows from a sorted list. */
function pick({ rows, ends }: SortedRows, { by, descending }: Sort, matching: RowSet): Uint32Array<ArrayBuffer> {
  const picked = new Uint32Array(matching.rows.length);
  const { bits } = matching;
  let to = 0;
  /** Takes from `from` to before `end`, in this or the other direction. */
  const take = (from: number, end: number, reversed: boolean) => {
    for (let place = 0; place < end - from; place++) {
      const row = rows[reversed ? end - 1 - place : from + place] as number;
      if ((((bits[row >>> 5] as number) >>> (row & 31)) & 1) === 1) picked[to++] = row;
    }
  };
  const [known = 0] = ends;
  if (!descending) take(0, rows.length, false);
  else if (by === 'review_status') {
    for (const [part, end] of [...ends.entries()].reverse()) take(ends[part - 1] ?? 0, end, false);
  } else {
    take(0, known, true);
    // Unknown values come last in both directions.
    take(known, rows.length, false);
  }
  return picked;
}
