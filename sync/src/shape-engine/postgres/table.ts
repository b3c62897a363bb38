/** Facts about a table: its columns, its key, and whether its changes reach the publication. */
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { TableName } from './identifiers.ts';
import type { Relation } from './pgoutput.ts';

const tableColumn = z.object({
  name: z.string(),
  /** Name in `pg_type`; for an array, its element type. */
  type: z.string(),
  type_oid: z.coerce.number(),
  type_modifier: z.number(),
  /** 0 for a column that is not an array. */
  dimensions: z.number(),
  not_null: z.boolean(),
  generated: z.boolean(),
  /** Place in the primary key, from 0; null for a column outside the key. */
  key_index: z.number().nullable(),
});
export type TableColumn = z.infer<typeof tableColumn>;

export const tableRow = z.object({
  oid: z.number(),
  schema: z.string(),
  name: z.string(),
  /** `relkind` in `pg_class`, `r` for an ordinary table; or why no publication can contain it: system, unlogged, temporary. */
  kind: z.string(),
  identity_full: z.boolean(),
  /** Identifies the table's entry in the publication, which changes when the table leaves and rejoins; null without an entry. */
  publication: z.number().nullable(),
  columns: z.array(tableColumn),
});
export type Table = z.infer<typeof tableRow>;

/** Returns those of the tables that exist. */
export async function loadTables(sql: Sql, publication: string, names: readonly TableName[]): Promise<Table[]> {
  const rows = await sql.unsafe(
    `SELECT pg_class.oid::int8::float8 AS oid,
      nspname AS schema,
      relname AS name,
      -- OIDs below 16384 belong to system objects.
      CASE
        WHEN pg_class.oid < 16384 THEN 'system'
        WHEN relpersistence = 'u' THEN 'unlogged'
        WHEN relpersistence = 't' THEN 'temporary'
        ELSE relkind::text
      END AS kind,
      relreplident = 'f' AS identity_full,
      (
        SELECT CASE WHEN puballtables THEN pg_publication.oid ELSE pg_publication_rel.oid END::int8::float8
        FROM pg_publication
        LEFT JOIN pg_publication_rel ON prpubid = pg_publication.oid AND prrelid = pg_class.oid
        WHERE pubname = $2::text
      ) AS publication,
      coalesce((
        SELECT json_agg(json_build_object(
          'name', attname,
          'type', coalesce(element.typname, own.typname),
          'type_oid', own.oid::text,
          'type_modifier', atttypmod,
          'dimensions', CASE WHEN element.oid IS NULL THEN 0 ELSE greatest(attndims, 1) END,
          'not_null', attnotnull,
          'generated', attgenerated <> '',
          'key_index', (
            SELECT array_position(indkey::int2[], attnum) FROM pg_index
            WHERE indrelid = pg_class.oid AND indisprimary
          )
        ) ORDER BY attnum)
        FROM pg_attribute
        JOIN pg_type AS own ON own.oid = atttypid
        LEFT JOIN pg_type AS element ON element.oid = own.typelem AND own.typcategory = 'A'
        WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      ), '[]') AS columns
    FROM json_to_recordset($1::text::json) AS wanted (schema text, name text)
    JOIN pg_namespace ON nspname = wanted.schema
    JOIN pg_class ON relnamespace = pg_namespace.oid AND relname = wanted.name`,
    [JSON.stringify(names), publication],
  );
  return z.array(tableRow).parse([...rows]);
}

/** Returns the names of the columns that identify a row: those of the primary key in order, or else all of them. */
export function keyColumns(table: Table): string[] {
  const key = table.columns
    .filter((column) => column.key_index !== null)
    .toSorted((a, b) => (a.key_index ?? 0) - (b.key_index ?? 0));
  return (key.length > 0 ? key : table.columns.filter((column) => !column.generated)).map((column) => column.name);
}

/** True if the log still describes the table as loaded. */
export function isSameTable(table: Table, relation: Relation): boolean {
  const logged = table.columns.filter((column) => !column.generated);
  return (
    relation.oid === table.oid &&
    relation.identityFull &&
    relation.schema === table.schema &&
    relation.name === table.name &&
    relation.columns.length === logged.length &&
    relation.columns.every((column, index) => {
      const known = logged[index];
      return (
        known?.name === column.name && known.type_oid === column.typeOid && known.type_modifier === column.typeModifier
      );
    })
  );
}

/** Returns the `electric-schema` header, from which a client learns to parse the values of the columns. */
export function schemaHeader(table: Table, columns: readonly string[]): string {
  const chosen = table.columns.filter((column) => columns.includes(column.name));
  const entries = chosen.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((column) => [column.name, details(column)]);
  // A header is Latin-1 on the wire; JSON escapes express the rest.
  return JSON.stringify(Object.fromEntries(entries)).replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function details(column: TableColumn): Record<string, unknown> {
  return {
    type: column.type,
    ...(column.dimensions > 0 ? { dims: column.dimensions } : {}),
    ...modifier(column.type, column.type_modifier),
    ...(column.not_null ? { not_null: true } : {}),
    ...(column.key_index === null ? {} : { pk_index: column.key_index }),
  };
}

/** Decodes a type's modifier, as in the sources of Postgres' types. */
function modifier(type: string, value: number): Record<string, number> {
  if (value < 0) return {};
  switch (type) {
    case 'varchar':
      return { max_length: value - 4 };
    case 'bpchar':
      return { length: value - 4 };
    case 'bit':
    case 'varbit':
      return { length: value };
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return { precision: value };
    case 'numeric':
      return { precision: (value - 4) >> 16, scale: ((value - 4) << 16) >> 16 };
    case 'interval':
      return (value & 0xffff) === 0xffff ? {} : { precision: value & 0xffff };
    default:
      return { type_mod: value };
  }
}
