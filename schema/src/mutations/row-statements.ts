/** The statements that mutators share: they create rows and set columns. */
import type { MutableTable, Statement } from './mutator.ts';

/** Types of the columns that mutations set. Column names in SQL come only from this list. */
const columnTypes = {
  name: 'text',
  type: 'text',
  client: 'text',
  notes: 'text',
  description: 'text',
  dataset_directory: 'text',
  address: 'text',
  source_path: 'text',
  review_status: 'text',
  asset_type: 'text',
  camera: 'text',
  tags: 'text[]',
  project_id: 'uuid',
  subject_id: 'uuid',
  package_id: 'uuid',
  held: 'text',
  decision: 'text',
  kind: 'text',
  value: 'text',
  options: 'text::jsonb',
  placements: 'text::jsonb',
} as const;
type Column = keyof typeof columnTypes;

type Values = Readonly<Partial<Record<Column, unknown>>>;

/** @throws TypeError on a column that no mutation sets. */
function columnsOf(values: Values): Column[] {
  // An absent optional field reads as `undefined`.
  const columns = Object.keys(values).filter((column) => values[column as Column] !== undefined);
  for (const column of columns) if (!Object.hasOwn(columnTypes, column)) throw new TypeError(`no column ${column}`);
  return columns as Column[];
}

/** Passes documents as text: drivers would turn a JSON array into a Postgres array. */
function parameterOf(values: Values, column: Column): unknown {
  const value = values[column] ?? null;
  return columnTypes[column] === 'text::jsonb' && value !== null ? JSON.stringify(value) : value;
}

/** Sets columns of the rows that differ in at least one of them and match the expected values. */
export function setStatement(
  table: MutableTable,
  ids: readonly string[],
  change: { set: Values; expect: Values | undefined; when?: (parameter: (column: Column) => string) => string },
): Statement {
  const columns = columnsOf(change.set);
  const expected = columnsOf(change.expect ?? {});
  const parameter = (column: Column) => `$${columns.indexOf(column) + 2}::${columnTypes[column]}`;
  const conditions = [
    `(${columns.map((column) => `row.${column} IS DISTINCT FROM ${parameter(column)}`).join(' OR ')})`,
    ...expected.map(
      (column, index) => `row.${column} IS NOT DISTINCT FROM $${columns.length + index + 2}::${columnTypes[column]}`,
    ),
    ...(change.when ? [change.when(parameter)] : []),
  ];
  return {
    text: updateText(table, {
      former: columns,
      set: columns.map((column) => `${column} = ${parameter(column)}`).join(', '),
      where: conditions.join(' AND '),
    }),
    values: [
      ids,
      ...columns.map((column) => parameterOf(change.set, column)),
      ...expected.map((column) => parameterOf(change.expect ?? {}, column)),
    ],
  };
}

/** The person on whose behalf a transaction runs. */
const ACTOR = `coalesce(nullif(current_setting('ihub.actor', true), ''), 'system')`;

/**
 * Sets or clears a time and the person responsible (picked up, deleted). The server stamps both.
 *
 * @param own limits the change to rows stamped by the same person.
 */
export function stampStatement(
  table: MutableTable,
  ids: readonly string[],
  prefix: 'picked_up' | 'deleted',
  stamped: boolean,
  own = false,
): Statement {
  return {
    text: updateText(table, {
      former: [],
      set: stamped ? `${prefix}_at = now(), ${prefix}_by = ${ACTOR}` : `${prefix}_at = NULL, ${prefix}_by = NULL`,
      where: `row.${prefix}_at IS ${stamped ? 'NULL' : 'NOT NULL'}${own ? ` AND row.${prefix}_by = ${ACTOR}` : ''}`,
    }),
    values: [ids],
  };
}

/** Creates one row; does nothing when the id is taken. */
export function createStatement(table: MutableTable, ids: readonly string[], set: Values): Statement {
  const columns = columnsOf(set);
  const values = columns.map((column, index) => `$${index + 2}::${columnTypes[column]}`);
  return {
    text: `
      WITH made AS (
        INSERT INTO ${table} (id, ${columns.join(', ')})
        SELECT id, ${values.join(', ')} FROM unnest($1::uuid[]) AS id
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      )
      SELECT NULL::jsonb AS former, string_agg(id::text, '') AS ids FROM made HAVING count(*) > 0`,
    values: [ids, ...columns.map((column) => parameterOf(set, column))],
  };
}

function updateText(table: MutableTable, change: { former: readonly string[]; set: string; where: string }): string {
  const former = change.former.map((column) => `'${column}', row.${column}`).join(', ');
  return `
    WITH before AS (
      SELECT row.id, jsonb_build_object(${former}) AS former
      FROM ${table} AS row
      WHERE row.id = ANY ($1::uuid[]) AND ${change.where}
    ), changed AS (
      UPDATE ${table} AS row SET ${change.set} FROM before WHERE row.id = before.id
    )
    SELECT former, string_agg(id::text, '') AS ids FROM before GROUP BY former`;
}
