/** Answers questions from a table. */
import type { AssetTable } from './asset-table.ts';
import { type Bits, countBits, hasBit, keepBits, wordsFor } from './bits.ts';
import { Conditions } from './conditions.ts';
import { Counts } from './counts.ts';
import {
  type Flag,
  flags,
  type Histogram,
  type MirrorAnswer,
  type MirrorQuestion,
  type Sort,
  type ValueCount,
} from './questions.ts';
import { divide } from './sections.ts';
import { Orders, type SortedRows } from './sorted-rows.ts';

export class Answers {
  readonly #table: AssetTable;
  readonly #conditions: Conditions;
  readonly #orders: Orders;
  readonly #counts: Counts;

  constructor(table: AssetTable) {
    this.#table = table;
    this.#conditions = new Conditions(table);
    this.#orders = new Orders(table);
    this.#counts = new Counts(table);
  }

  /** Bytes that are kept beside the table to answer faster. */
  get byteLength(): number {
    return this.#conditions.byteLength + this.#orders.byteLength + this.#counts.byteLength;
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
    const rowsFor = (ignored: string | undefined): Bits =>
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
    const pose = question.pose ? yield* this.#counts.pose(question.pose.degrees, rowsFor(question.pose.ignores)) : null;
    const sorted = yield* this.#orders.by(question.sort.by);
    const order = pick(sorted, question.sort, matching);
    yield;
    if (!question.group) {
      const sections = order.length > 0 ? [{ value: null, start: 0, count: order.length }] : [];
      return { version, order, sections, facets, histograms, pose };
    }
    return { version, ...divide(table, order, question.group, question.sort), facets, histograms, pose };
  }

  /** Returns the present rows that meet all conditions but the ignored one. */
  #matching(found: ReadonlyMap<string, Bits>, ignored?: string): Bits {
    const rows = this.#table.present.slice(0, wordsFor(this.#table.rows));
    for (const [name, bits] of found) if (name !== ignored) keepBits(rows, bits);
    return rows;
  }
}

function isFlag(column: string): column is Flag {
  return (flags as readonly string[]).includes(column);
}

/** Picks the matching rows from a sorted list. */
function pick({ rows, ends }: SortedRows, { by, descending }: Sort, matching: Bits): Uint32Array<ArrayBuffer> {
  const picked = new Uint32Array(countBits(matching));
  let to = 0;
  const take = (row: number) => {
    if (hasBit(matching, row)) picked[to++] = row;
  };
  const up = (from: number, end: number) => {
    for (let index = from; index < end; index++) take(rows[index] as number);
  };
  const down = (from: number, end: number) => {
    for (let index = end - 1; index >= from; index--) take(rows[index] as number);
  };
  const [known = 0] = ends;
  if (!descending) up(0, rows.length);
  else if (by === 'review_status')
    for (let part = ends.length - 1; part >= 0; part--) up(ends[part - 1] ?? 0, ends[part] as number);
  else {
    down(0, known);
    // Unknown values come last in both directions.
    up(known, rows.length);
  }
  return picked;
}
