/** Size and latest change of each project, on which the choice of working sets is based. */
import { type ProjectSize, projectSize } from '@ingesthub/schema/replica/working-set.ts';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead } from '../http/bounded-read.ts';

/** Milliseconds; a million assets take about half a second. */
const TIMEOUT_MS = 20_000;

/** Reads the size of every project, including deleted ones, which can be restored. */
export async function readProjectSizes(sql: Sql): Promise<ProjectSize[]> {
  const rows = await boundedRead(
    sql,
    { timeoutMs: TIMEOUT_MS },
    (tx) => tx`
      SELECT projects.id,
        coalesce(counted.asset_count, 0)::integer AS asset_count,
        coalesce(counted.size_bytes, 0)::double precision AS size_bytes,
        greatest(
          projects.updated_at,
          (SELECT max(packages.updated_at) FROM packages WHERE packages.project_id = projects.id)
        ) AS active_at,
        projects.deleted_at IS NOT NULL AS deleted
      FROM projects
      LEFT JOIN (
        SELECT project_id, count(*) AS asset_count, sum(size_bytes) AS size_bytes
        FROM assets WHERE deleted_at IS NULL
        GROUP BY project_id
      ) AS counted ON counted.project_id = projects.id
      ORDER BY projects.id`,
  );
  return z.array(projectSize).parse(rows);
}
