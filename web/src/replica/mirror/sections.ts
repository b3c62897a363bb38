/** Divides an order into sections by a value. */

import type { Grouping, Section, Sort } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';
import { totalsOf } from './section-totals.ts';

/** Local time changes its distance from UTC at whole quarters of an hour. */
const QUARTER_MS = 900_000;

/** The matching rows, sorted and ascending. */
interface Matches {
  readonly order: Uint32Array<ArrayBuffer>;
  readonly rows: Uint32Array;
}

/** Sorts the rows of an order into sections, keeping their order within each. */
export function* divide(
  table: AssetTable,
  { order, rows }: Matches,
  { by, order: wanted = [] }: Grouping,
  sort: Sort,
): Generator<void, { order: Uint32Array<ArrayBuffer>; sections: Section[] }> {
  const { keyOf, values } = by === 'day' ? daysOf(table, rows) : codesOf(table, by);
  yield;
  const totals = yield* totalsOf(table, rows, keyOf, values.length + 1);
  const latestFirst = by === 'day' && sort.by === 'modified_at' && sort.descending;
  const keys = [...totals.keys()].filter((key) => totals[key]?.count !== 0);
  keys.sort(compareKeys(values, wanted, latestFirst));
  const starts = totals.map(() => 0);
  const sections: Section[] = [];
  let start = 0;
  for (const key of keys) {
    const { count, ...sums } = totals[key] as (typeof totals)[number];
    starts[key] = start;
    sections.push({ value: values[key] ?? null, start, count, totals: sums });
    start += count;
  }
  yield;
  const divided = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const row = order[place] as number;
    const key = keyOf[row] as number;
    const to = starts[key] as number;
    divided[to] = row;
    starts[key] = to + 1;
  }
  return { order: divided, sections };
}

interface Keys {
  /** For each row of the table, a position in `values`; the one past its end means unknown. */
  readonly keyOf: Uint32Array;
  readonly values: readonly string[];
}

function codesOf(table: AssetTable, column: Exclude<Grouping['by'], 'day'>): Keys {
  const { codes } = table.codes[column];
  const values = table.valuesOf(column);
  const keyOf = new Uint32Array(table.rows);
  for (let row = 0; row < keyOf.length; row++) keyOf[row] = Math.min(codes[row] as number, values.length);
  return { keyOf, values };
}

function daysOf(table: AssetTable, rows: Uint32Array): Keys {
  const values: string[] = [];
  const days = new Map<string, number>();
  const quarters = new Map<number, number>();
  const times = table.numbers.modified_at;
  const keyOfQuarter = (quarter: number): number => {
    const day = formatDay(new Date(quarter * QUARTER_MS));
    const key = days.get(day) ?? values.push(day) - 1;
    days.set(day, key);
    quarters.set(quarter, key);
    return key;
  };
  const keyOf = new Uint32Array(table.rows);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const quarter = Math.floor(times.get(row) / QUARTER_MS);
    keyOf[row] = quarters.get(quarter) ?? keyOfQuarter(quarter);
  }
  return { keyOf, values };
}

/** Formats a day in this device's time zone: `2026-11-30`. */
export function formatDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function compareKeys(values: readonly string[], wanted: readonly (string | null)[], reversed: boolean) {
  const ranks = new Map(wanted.map((value, rank) => [value, rank]));
  const rankOf = (value: string | undefined) =>
    ranks.get(value ?? null) ?? (value === undefined ? Infinity : wanted.length);
  return (one: number, other: number): number => {
    const [a, b] = [values[one], values[other]];
    const byRank = rankOf(a) - rankOf(b);
    if (byRank !== 0 && !Number.isNaN(byRank)) return byRank;
    if (a === undefined || b === undefined || a === b) return 0;
    return (a < b ? -1 : 1) * (reversed ? -1 : 1);
  };
}
