/** Describes the tables that shapes fill, for the statements that write them. */
import type { PGlite } from '@electric-sql/pglite';
import { type ShapeName, type ShapeReference, scopeColumn, shapes } from '@ingesthub/schema/library/shapes.ts';
import { type MutableTable, mutableTables } from '@ingesthub/schema/mutations/mutator.ts';
import type { Partition, RowTarget } from './row-statements.ts';

/** The table that holds server truth of the rows that unconfirmed mutations touch. */
export interface BaseTarget extends RowTarget {
  /** The table that the app reads, with the mutations applied. */
  readonly shown: RowTarget;
  /** The column that holds the id, among a mutation's `ids`, to which a row belongs. */
  readonly unit: string;
}

export interface ReplicatedTables {
  /** The tables that receive the shapes' rows. */
  readonly rows: Readonly<Record<ShapeName, RowTarget>>;
  readonly base: Readonly<Record<MutableTable, BaseTarget>>;
}

const shapeNames = Object.keys(shapes) as ShapeName[];
export const mutableTableNames = Object.keys(mutableTables) as MutableTable[];

export function isMutableTable(table: string): table is MutableTable {
  return Object.hasOwn(mutableTables, table);
}

/** Creates the tables of server truth, beside the library's. */
export const baseTablesSql: string = mutableTableNames
  .map(
    (table) => `CREATE TABLE ${baseName(table)} (LIKE public.${table}, PRIMARY KEY (${shapes[table].key.join(', ')}));`,
  )
  .join('\n');

/** Reads the columns' types from the database, their only source. */
export async function readReplicatedTables(database: PGlite): Promise<ReplicatedTables> {
  const { rows: columns } = await database.query<{ table_name: string; column_name: string; udt_name: string }>(
    // The information schema needs a dozen joins for the same answer: 100 ms of a warm opening.
    `SELECT relname AS table_name, attname AS column_name, typname AS udt_name
     FROM pg_attribute
     JOIN pg_class ON pg_class.oid = attrelid
     JOIN pg_type ON pg_type.oid = atttypid
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped`,
  );
  const typeOf = new Map(columns.map((row) => [`${row.table_name}.${row.column_name}`, row.udt_name]));

  function target(name: ShapeName): RowTarget {
    const { table, columns: names, key } = shapes[name];
    const types = names.map((column) => {
      const type = typeOf.get(`${table}.${column}`);
      if (type === undefined) throw new Error(`The replica’s table ${table} lacks the column ${column}.`);
      return [column, type] as const;
    });
    return { table: `public.${table}`, key, types: new Map(types) };
  }

  const rows = Object.fromEntries(shapeNames.map((name) => [name, target(name)])) as ReplicatedTables['rows'];
  const base = mutableTableNames.map((table) => {
    const shown = rows[table];
    return [table, { ...shown, table: baseName(table), shown, unit: mutableTables[table] }] as const;
  });
  return { rows, base: Object.fromEntries(base) as ReplicatedTables['base'] };
}

/** Returns the part of its table that a shape holds; null: the whole table. */
export function partitionOf(reference: ShapeReference): Partition | null {
  const column = scopeColumn(shapes[reference.name].scope);
  return column !== null && reference.scopeId !== undefined ? { column, id: reference.scopeId } : null;
}

function baseName(table: MutableTable): string {
  return `replica.base_${table}`;
}
