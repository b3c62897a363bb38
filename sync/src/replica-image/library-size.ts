import { shapes } from '@ingesthub/schema/library/shapes.ts';
import type { Sql } from 'postgres';

export interface LibrarySize {
  /** Estimate. */
  readonly assets: number;
  /** Rows ever written to replicated tables, by the database's statistics; a restart may lose some. */
  readonly changes: number;
}

/** Reads only counters, whatever the library's size. */
export async function readLibrarySize(sql: Sql): Promise<LibrarySize> {
  const tables = Object.values(shapes)
    .filter(({ scope }) => scope === 'library' || scope === 'project')
    .map(({ table }) => table);
  const [size] = await sql<[LibrarySize]>`
    SELECT
      -- A crash loses the statistics, and the planner's estimate is as old as the last ANALYZE.
      (SELECT greatest(reltuples, pg_stat_get_live_tuples(oid), 0)::float8
       FROM pg_class WHERE oid = 'public.assets'::regclass) AS assets,
      (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8
       FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname = ANY (${tables})) AS changes`;
  return size;
}
