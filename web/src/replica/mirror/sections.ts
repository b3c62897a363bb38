/** Divides an order into sections by a value. */
import type { AssetTable } from './asset-table.ts';
import type { Grouping, Section, Sort } from './questions.ts';

/** Local time changes its distance from UTC at whole quarters of an hour. */
const QUARTER_MS = 900_000;

/** Sorts the rows of an order into sections, keeping their order within each. */
export function divide(
  table: AssetTable,
  order: Uint32Array<ArrayBuffer>,
  { by, order: wanted = [] }: Grouping,
  sort: Sort,
): { order: Uint32Array<ArrayBuffer>; sections: Section[] } {
  const { keyOf, values } = by === 'day' ? daysOf(table) : codesOf(table, by);
  const counts: number[] = [];
  for (const row of order) {
    const key = keyOf(row);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const latestFirst = by === 'day' && sort.by === 'modified_at' && sort.descending;
  const keys = [...counts.keys()].filter((key) => counts[key] !== undefined);
  keys.sort(compareKeys(values, wanted, latestFirst));
  const starts: number[] = [];
  const sections: Section[] = [];
  let start = 0;
  for (const key of keys) {
    const count = counts[key] as number;
    starts[key] = start;
    sections.push({ value: values[key] ?? null, start, count });
    start += count;
  }
  const divided = new Uint32Array(order.length);
  for (const row of order) {
    const key = keyOf(row);
    const to = starts[key] as number;
    divided[to] = row;
    starts[key] = to + 1;
  }
  return { order: divided, sections };
}

/** Keys are positions in `values`; the one past its end means unknown. */
interface Keys {
  readonly keyOf: (row: number) => number;
  readonly values: readonly string[];
}

function codesOf(table: AssetTable, column: Exclude<Grouping['by'], 'day'>): Keys {
  const { codes, unknown } = table.codes[column];
  const values = table.valuesOf(column);
  return {
    values,
    keyOf: (row) => {
      const code = codes[row] as number;
      return code === unknown ? values.length : code;
    },
  };
}

function daysOf(table: AssetTable): Keys {
  const values: string[] = [];
  const keys = new Map<string, number>();
  const quarters = new Map<number, number>();
  const times = table.numbers.modified_at;
  return {
    values,
    keyOf: (row) => {
      const quarter = Math.floor(times.get(row) / QUARTER_MS);
      const known = quarters.get(quarter);
      if (known !== undefined) return known;
      const day = formatDay(new Date(quarter * QUARTER_MS));
      let key = keys.get(day);
      if (key === undefined) {
        key = values.push(day) - 1;
        keys.set(day, key);
      }
      quarters.set(quarter, key);
      return key;
    },
  };
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
