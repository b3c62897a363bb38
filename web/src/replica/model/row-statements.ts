/**
 * Set-based statements that write replicated rows, whose values arrive as Postgres text. Statements other than
 * inserts return {@link WrittenRow}s.
 */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import type { TextRow } from './fold-changes.ts';

/** A table that replicated rows are written to. */
export interface RowTarget {
  /** Qualified by its schema; trusted text, like the column names. */
  readonly table: string;
  readonly key: readonly string[];
  /** Replicated columns -> their types. */
  readonly types: ReadonlyMap<string, string>;
}

/** The part of a table that one shape holds. */
export interface Partition {
  readonly column: string;
  readonly id: string;
}

/** A package whose rows were written; null: the table has no packages. */
export interface WrittenRow {
  readonly package_id: string | null;
}

/** Inserts whole rows, or overwrites those with the same key. */
export function upsertStatement(target: RowTarget, rows: readonly TextRow[]): Statement {
  const columns = [...target.types.keys()];
  const others = columns.filter((column) => !target.key.includes(column));
  return {
    text: `
      INSERT INTO ${target.table} (${columns.join(', ')})
      SELECT ${columns.map((column) => typed(target, column)).join(', ')}
      FROM ${recordset(columns)}
      ON CONFLICT (${target.key.join(', ')})
      DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    values: [JSON.stringify(rows)],
  };
}

/** Sets the given columns of existing rows. @param rows all with the same columns, including the key's. */
export function updateStatement(target: RowTarget, rows: readonly TextRow[]): Statement | null {
  const changed = changedColumns(target, rows);
  if (changed.length === 0) return null;
  return {
    text: written(
      target,
      `UPDATE ${target.table} AS row
      SET ${changed.map((column) => `${column} = ${typed(target, column)}`).join(', ')}
      FROM ${recordset([...target.key, ...changed])}
      WHERE ${sameKey(target)}`,
    ),
    values: [JSON.stringify(rows)],
  };
}

/** Returns the columns that an update sets. @param rows all with the same columns. */
export function changedColumns(target: RowTarget, rows: readonly TextRow[]): string[] {
  return Object.keys(rows[0] ?? {}).filter((column) => target.types.has(column) && !target.key.includes(column));
}

/** Deletes rows, except those that have moved to another shape's part of the table in the meantime. */
export function deleteStatement(target: RowTarget, rows: readonly TextRow[], partition: Partition | null): Statement {
  const keys = rows.map((row) => Object.fromEntries(target.key.map((column) => [column, row[column]])));
  return {
    text: written(
      target,
      `DELETE FROM ${target.table} AS row
      USING ${recordset(target.key)}
      WHERE ${sameKey(target)}${partition ? ` AND row.${partition.column} = $2::uuid` : ''}`,
    ),
    values: [JSON.stringify(keys), ...(partition ? [partition.id] : [])],
  };
}

/** Records which rows arrived again: see replica.seen. */
export function seenStatement(target: RowTarget, reference: string, rows: readonly TextRow[]): Statement {
  const keys = rows.map((row) => target.key.map((column) => row[column]).join(' '));
  return {
    text: 'INSERT INTO replica.seen (reference, key) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
    values: [reference, keys],
  };
}

/** Deletes the rows that a finished refetch did not deliver again. */
export function sweepStatement(target: RowTarget, reference: string, partition: Partition | null): Statement {
  return {
    text: written(
      target,
      `DELETE FROM ${target.table} AS row
      WHERE NOT EXISTS (SELECT FROM replica.seen WHERE seen.reference = $1 AND seen.key = ${keyText(target.key)})
      ${partition ? `AND row.${partition.column} = $2::uuid` : ''}`,
    ),
    values: [reference, ...(partition ? [partition.id] : [])],
  };
}

/** Wraps a statement on `row` to return the packages it wrote to; no rows when it wrote nothing. */
export function written(target: RowTarget, statement: string): string {
  const packageId = target.types.has('package_id') ? 'row.package_id' : 'NULL::uuid AS package_id';
  return `WITH written AS (${statement} RETURNING ${packageId}) SELECT DISTINCT package_id FROM written`;
}

/** Returns SQL for the key of a `row` as one text. */
export function keyText(key: readonly string[]): string {
  return key.map((column) => `row.${column}::text`).join(" || ' ' || ");
}

function recordset(columns: readonly string[]): string {
  return `json_to_recordset($1::json) AS arrived (${columns.map((column) => `${column} text`).join(', ')})`;
}

function typed(target: RowTarget, column: string): string {
  return `arrived.${column}::${target.types.get(column)}`;
}

function sameKey(target: RowTarget): string {
  return target.key.map((column) => `row.${column} = ${typed(target, column)}`).join(' AND ');
}
