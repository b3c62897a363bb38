/** The tables that shapes fill, as the statements that write them need them. */
import type { PGlite } from '@electric-sql/pglite';
import { type ShapeName, type ShapeReference, scopeColumn, shapes } from '@ingesthub/schema/shapes.ts';
import type { Partition, RowTarget } from './row-statements.ts';

export interface ReplicatedTables {
  /** Where a shape's rows go. */
  readonly rows: Readonly<Record<ShapeName, RowTarget>>;
  /** Server truth of the rows that unconfirmed mutations touch: replica.base_assets. */
  readonly base: RowTarget;
}

/** Reads the columns' types from the database, which is their only source. */
export async function readReplicatedTables(database: PGlite): Promise<ReplicatedTables> {
  const { rows } = await database.query<{ table_name: string; column_name: string; udt_name: string }>(
    `SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const typeOf = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row.udt_name]));

  function target(name: ShapeName, table: string): RowTarget {
    const shape = shapes[name];
    const types = shape.columns.map((column) => {
      const type = typeOf.get(`${shape.table}.${column}`);
      if (type === undefined) throw new Error(`The replica’s table ${shape.table} lacks the column ${column}.`);
      return [column, type] as const;
    });
    return { table, key: shape.key, types: new Map(types) };
  }

  const names = Object.keys(shapes) as ShapeName[];
  return {
    rows: Object.fromEntries(names.map((name) => [name, target(name, `public.${shapes[name].table}`)])) as Record<
      ShapeName,
      RowTarget
    >,
    base: target('assets', 'replica.base_assets'),
  };
}

/** The part of its table that a shape holds; null: all of it. */
export function partitionOf(reference: ShapeReference): Partition | null {
  const column = scopeColumn(shapes[reference.name].scope);
  return column !== null && reference.scopeId !== undefined ? { column, id: reference.scopeId } : null;
}
