import { shapes } from '@ingesthub/schema/shapes.ts';
import type { Sql } from 'postgres';

export interface LibrarySize {
  /** Estimated. */
  readonly assets: number;
  /** Rows of replicated tables that were ever written, as the database's statistics count them: a restart may lose some. */
  readonly changes: number;
}

/** Reads counters only, whatever the library's size. */
export async function readLibrarySize(sql: Sql): Promise<LibrarySize> {
  const tables = Object.values(shapes)
    .filter(({ scope }) => scope === 'library' || scope === 'project')
    .map(({ table }) => table);
  const [size] = await sql<[LibrarySize]>`
    SELECT
      -- The statistics are lost in a crash, the estimate of the planner is as old as the last ANALYZE.
      (SELECT greatest(reltuples, pg_stat_get_live_tuples(oid), 0)::float8
       FROM pg_class WHERE oid = 'public.assets'::regclass) AS assets,
      (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8
       FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname = ANY (${tables})) AS changes`;
  return size;
}
