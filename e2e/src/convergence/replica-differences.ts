/** Compares replicas at rest with Postgres, and checks their internal consistency. */

import { type ShapeName, shapes } from '@ingesthub/schema/library/shapes.ts';
import { mutableTables } from '@ingesthub/schema/mutations/mutator.ts';
import type { Sql } from 'postgres';
import type { Client } from './client.ts';

const shapeNames = Object.keys(shapes) as ShapeName[];

/** Builds SQL for all replicated columns of a shape's rows, one text per row. @param where a condition with `$1`. */
function rowsSql(name: ShapeName, where: string): string {
  const { table, columns } = shapes[name];
  const values = columns.map((column) => `coalesce(quote_literal(${column}::text), 'NULL')`).join(`, ' ', `);
  return `SELECT concat(${values}) AS row FROM ${table} WHERE ${where} ORDER BY 1`;
}

/** Describes the first difference between the shape rows of a replica and of Postgres; null when they are equal. */
export async function rowDifference(
  sql: Sql,
  client: Client,
  openedPackages: ReadonlySet<string>,
): Promise<string | null> {
  for (const name of shapeNames) {
    const { scope } = shapes[name];
    const [where, values] =
      scope === 'client'
        ? ['client = $1::uuid', [client.id]]
        : scope === 'package'
          ? ['package_id = ANY ($1::uuid[])', [[...openedPackages]]]
          : ['$1::int IS NULL', [null]];
    const there = await sql.unsafe<{ row: string }[]>(rowsSql(name, where), values as never[]);
    const here = await client.call('read', { sql: rowsSql(name, where), values });
    const difference = firstDifference(
      there.map(({ row }) => row),
      here.map(({ row }) => row ?? ''),
    );
    if (difference)
      return `${client.name} differs in ${name} (${here.length} rows, ${there.length} in Postgres): ${difference}`;
  }
  return null;
}

function firstDifference(there: readonly string[], here: readonly string[]): string | null {
  const [thereSet, hereSet] = [new Set(there), new Set(here)];
  const missing = there.find((row) => !hereSet.has(row));
  const extra = here.find((row) => !thereSet.has(row));
  if (missing === undefined && extra === undefined && there.length === here.length) return null;
  return `only Postgres has ${missing}, only the replica has ${extra}`;
}

const leftovers = [
  ...Object.keys(mutableTables).map((table) => `replica.base_${table}`),
  'replica.seen',
  '(SELECT FROM replica.outbox WHERE error_code IS NULL) AS unsent',
];

const COUNTS: readonly { name: string; kept: string; counted: string }[] = [
  {
    name: 'asset_counts',
    kept: `SELECT package_id, subject_id, camera, file_type, asset_type, review_status, picked_up, is_sidecar, asset_count::bigint, size_bytes,
      duration_ms, timed_count::bigint, problem_count::bigint, posed_count::bigint FROM asset_counts
      WHERE (asset_count, size_bytes, duration_ms, timed_count, problem_count, posed_count) <> (0, 0, 0, 0, 0, 0)`,
    counted: `SELECT package_id, subject_id, camera, file_type, asset_type, review_status, picked_up_at IS NOT NULL, sidecar_of IS NOT NULL, count(*),
      sum(size_bytes)::bigint, coalesce(sum(round(duration_seconds * 1000)::bigint), 0)::bigint, count(duration_seconds),
      count(problem), count(yaw) FROM assets WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  },
];

/** Describes tables of a replica that should be empty now, or counts that differ from its rows; null when neither. */
export async function innerDifference(client: Client): Promise<string | null> {
  for (const table of leftovers) {
    const [row] = await client.call('read', { sql: `SELECT count(*)::text AS rows FROM ${table}`, values: [] });
    if (row?.['rows'] !== '0') return `${client.name} still has ${row?.['rows']} rows in ${table}`;
  }
  for (const { name, kept, counted } of COUNTS) {
    const [row] = await client.call('read', {
      sql: `
        WITH kept AS (${kept}), counted AS (${counted})
        SELECT (SELECT json_agg(one)::text FROM (TABLE kept EXCEPT ALL TABLE counted) AS one) AS kept,
          (SELECT json_agg(one)::text FROM (TABLE counted EXCEPT ALL TABLE kept) AS one) AS counted`,
      values: [],
    });
    if (row?.['kept'] || row?.['counted'])
      return `${client.name} has wrong ${name}: kept ${row['kept']}, counted ${row['counted']}`;
  }
  return null;
}
