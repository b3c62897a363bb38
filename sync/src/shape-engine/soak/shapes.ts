/** Shapes read by the soak, each with its where written in TypeScript as well. */
import { ITEMS, PAIRS, type Row, type SoakTable } from './tables.ts';

export interface SoakShape {
  readonly name: string;
  readonly table: SoakTable;
  /** Requested columns; null for all. */
  readonly columns: readonly string[] | null;
  readonly where: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly replica: 'default' | 'full';
  readonly log: 'full' | 'changes_only';
  matches(row: Row): boolean;
}

/** Three-valued logic as in Postgres; null is unknown. */
type Truth = boolean | null;

const not = (a: Truth): Truth => (a === null ? null : !a);
const or = (...all: Truth[]): Truth => (all.includes(true) ? true : all.includes(null) ? null : false);
const and = (...all: Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true);

/** A condition on one column, unknown where the column is NULL. */
function on(column: string, holds: (value: string) => boolean): (row: Row) => Truth {
  return (row) => {
    const value = row[column] ?? null;
    return value === null ? null : holds(value);
  };
}

export const OWNERS = [
  '6f1e8a52-6c5d-4b3e-9a51-0c8f2f8f1a01',
  '6f1e8a52-6c5d-4b3e-9a51-0c8f2f8f1a02',
  '6f1e8a52-6c5d-4b3e-9a51-0c8f2f8f1a03',
  '6f1e8a52-6c5d-4b3e-9a51-0c8f2f8f1a04',
] as const;

const part = (...parts: string[]) => on('part', (value) => parts.includes(value));
const owner = (...owners: string[]) => on('owner', (value) => owners.includes(value));
const shown = on('shown', (value) => value === 'true');
const price = (holds: (price: number) => boolean) => on('price', (value) => holds(Number(value)));
const always = () => true;

function shape(
  name: string,
  table: SoakTable,
  given: Partial<Omit<SoakShape, 'matches'>> & { truth?: (row: Row) => Truth },
): SoakShape {
  const { truth = always, ...rest } = given;
  return {
    name,
    table,
    columns: null,
    where: null,
    params: {},
    replica: 'default',
    log: 'full',
    matches: (row) => truth(row) === true,
    ...rest,
  };
}

export const SHAPES: readonly SoakShape[] = [
  shape('items', ITEMS, {}),
  shape('items, replica=full', ITEMS, { replica: 'full' }),
  shape('items, changes only', ITEMS, { log: 'changes_only' }),
  shape('items by parameter', ITEMS, { where: 'part = $1', params: { 1: '1' }, truth: part('1') }),
  shape('items with OR, IN', ITEMS, {
    where: 'shown = true OR part IN (2, 3)',
    truth: (row) => or(shown(row), part('2', '3')(row)),
  }),
  shape('items with NOT, replica=full', ITEMS, {
    where: 'NOT (shown = true)',
    replica: 'full',
    truth: (row) => not(shown(row)),
  }),
  shape('items with LIKE, changes only', ITEMS, {
    where: "note LIKE 'a%'",
    log: 'changes_only',
    truth: on('note', (value) => value.startsWith('a')),
  }),
  shape('items with ILIKE', ITEMS, {
    where: "note ILIKE '%B_' AND part <> 0",
    truth: (row) => and(on('note', (value) => /b.$/isu.test(value))(row), not(part('0')(row))),
  }),
  shape('items with comparisons', ITEMS, {
    where: 'price > 10.5 AND price <= $1',
    params: { 1: '80' },
    truth: price((value) => value > 10.5 && value <= 80),
  }),
  shape('items with IS NULL', ITEMS, {
    where: "note IS NULL OR made_at >= '2026-06-01 00:00:00+00'",
    // This table's timestamps share one format, which sorts chronologically.
    truth: (row) => or(row['note'] === null, on('made_at', (value) => value >= '2026-06-01 00:00:00+00')(row)),
  }),
  shape('items by owner', ITEMS, {
    where: 'owner = $1 OR owner IN ($2, $3)',
    params: { 1: OWNERS[0], 2: OWNERS[1], 3: OWNERS[2] },
    truth: owner(OWNERS[0], OWNERS[1], OWNERS[2]),
  }),
  shape('columns of items, where on another', ITEMS, {
    columns: ['id', 'note', 'n'],
    where: 'shown IS NULL OR shown = false',
    truth: (row) => or(row['shown'] === null, not(shown(row))),
  }),
  shape('pairs', PAIRS, {}),
  shape('pairs with IN', PAIRS, {
    where: "kind IN ('a/b', 'it''s')",
    replica: 'full',
    truth: on('kind', (value) => value === 'a/b' || value === "it's"),
  }),
  shape('pairs with NOT', PAIRS, {
    where: 'value >= 10 AND NOT value > 60',
    truth: on('value', (value) => Number(value) >= 10 && Number(value) <= 60),
  }),
];

/** Returns a shape that no reader has requested yet, with the rows of the given one. */
export function asNew(given: SoakShape, serial: number): SoakShape {
  const column = given.table === ITEMS ? 'id' : 'n';
  const beyond = `${column} > ${-1_000_000 - serial}`;
  return { ...given, where: given.where === null ? beyond : `(${given.where}) AND ${beyond}` };
}

/** Returns a reader's values of a row as comparable text. */
export function rowText(shape: SoakShape, value: Readonly<Record<string, unknown>>): string {
  const texts = (shape.columns ?? shape.table.columns).map((column) =>
    value[column] === null ? null : String(value[column]),
  );
  return JSON.stringify(texts);
}
