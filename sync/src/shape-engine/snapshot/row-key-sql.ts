/** SQL that writes a row's key for a snapshot, identical to what `rowKey` builds from the log's values. */
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { Table } from '../postgres/table.ts';

/** Types whose output equals a cast to text. A boolean, for example, is `t` in the one and `true` in the other. */
const PRINTED_AS_TEXT = new Set([
  ...['text', 'varchar', 'uuid', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric'],
  ...['timestamptz', 'timestamp', 'date', 'json', 'jsonb', 'bytea'],
]);

export function isPrintedAsText(table: Table, name: string): boolean {
  const column = table.columns.find((candidate) => candidate.name === name);
  return column !== undefined && (column.dimensions > 0 || PRINTED_AS_TEXT.has(column.type));
}

/** Returns SQL for a column's value as text. A cast alone would strip the blanks of a `char(n)`. */
export function valueSql(table: Table, name: string): string {
  const column = quoteIdentifier(name);
  const isPadded = table.columns.some(
    (known) => known.name === name && known.type === 'bpchar' && known.dimensions === 0,
  );
  return isPadded ? `CASE WHEN ${column} IS NOT NULL THEN concat(${column}) END` : `${column}::text`;
}

/** Returns SQL for the part after the prefix. @param key columns of the table. */
export function rowKeySql(table: Table, key: readonly string[]): string {
  const parts = key.map((name) => {
    const column = quoteIdentifier(name);
    // `format` writes like the log: a `char(4)` keeps the blanks that a cast to text strips.
    const text = isPrintedAsText(table, name) ? `${column}::text` : `format('%s', ${column})`;
    const part = `'/"' || replace(${text}, '/', '//') || '"'`;
    const isKnown = table.columns.some((candidate) => candidate.name === name && candidate.not_null);
    // `IS NULL` is also true of a composite value whose fields are all null.
    return isKnown ? part : `CASE num_nulls(${column}) WHEN 0 THEN ${part} ELSE '/_' END`;
  });
  return parts.join(' || ');
}
