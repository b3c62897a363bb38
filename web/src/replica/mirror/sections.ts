/** Divides an order into sections by a value. */

import type { Grouping, Section, Sort } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';

/** Local time changes its distance from UTC at whole quarters of an hour. */
const QUARTER_MS = 900_000;

/** Sorts the rows of an order into sections, keeping their order within each. */
export function divide(
  table: AssetTable,
  order: Uint32Array<ArrayBuffer>,
  { by, order: wanted = [] }: Grouping,
  sort: Sort,
): { order: Uint32Array<ArrayBuffer>; sections: Section[] } {
  const { keys: keyOfPlace, values } = by === 'day' ? daysOf(table, order) : codesOf(table, order, by);
  const counts: number[] = new Array(values.length + 1).fill(0);
  for (let place = 0; place < order.length; place++) {
    const key = keyOfPlace[place] as number;
    counts[key] = (counts[key] as number) + 1;
  }
  const latestFirst = by === 'day' && sort.by === 'modified_at' && sort.descending;
  const keys = [...counts.keys()].filter((key) => counts[key] !== 0);
  keys.sort(compareKeys(values, wanted, latestFirst));
  const starts = counts.map(() => 0);
  const sections: Section[] = [];
  let start = 0;
  for (const key of keys) {
    const count = counts[key] as number;
    starts[key] = start;
    sections.push({ value: values[key] ?? null, start, count });
    start += count;
  }
  const divided = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const key = keyOfPlace[place] as number;
    const to = starts[key] as number;
    divided[to] = order[place] as number;
    starts[key] = to + 1;
  }
  return { order: divided, sections };
}

interface Keys {
  /** For each place of the order, a position in `values`; the one past its end means unknown. */
  readonly keys: Uint32Array;
  readonly values: readonly string[];
}

function codesOf(table: AssetTable, order: Uint32Array, column: Exclude<Grouping['by'], 'day'>): Keys {
  const { codes } = table.codes[column];
  const values = table.valuesOf(column);
  const keys = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    keys[place] = Math.min(codes[order[place] as number] as number, values.length);
  }
  return { keys, values };
}

function daysOf(table: AssetTable, order: Uint32Array): Keys {
  const values: string[] = [];
  const days = new Map<string, number>();
  const quarters = new Map<number, number>();
  const times = table.numbers.modified_at;
  const keyOf = (quarter: number): number => {
    const day = formatDay(new Date(quarter * QUARTER_MS));
    const key = days.get(day) ?? values.push(day) - 1;
    days.set(day, key);
    quarters.set(quarter, key);
    return key;
  };
  const keys = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const quarter = Math.floor(times.get(order[place] as number) / QUARTER_MS);
    keys[place] = quarters.get(quarter) ?? keyOf(quarter);
  }
  return { keys, values };
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
