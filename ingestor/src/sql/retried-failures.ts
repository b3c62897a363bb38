/** Keeps the failures that a run retries while it runs, so that cancelling it restores them with their reasons. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { ASSET_STEPS, version } from './asset-work.ts';
import type { TransactionSql } from './client.ts';

/**
 * Makes the failed steps of a package's files pending again and keeps the former failures. Empty files stay failed.
 *
 * @param ids null for all assets of the package.
 */
export async function retryFailed(
  sql: TransactionSql,
  { runId, packageId }: { readonly runId: string; readonly packageId: string },
  ids: readonly string[] | null,
): Promise<void> {
  const failedSteps = ASSET_STEPS.map((step) => `CASE ${step}_status WHEN 'failed' THEN '${step}' END`).join(', ');
  const again = ASSET_STEPS.map(
    (step) => `${step}_status = CASE ${step}_status WHEN 'failed' THEN 'pending' ELSE ${step}_status END`,
  );
  await sql`
    WITH failed AS (
      SELECT id, ${version(sql)} AS version, array_remove(ARRAY[${sql.unsafe(failedSteps)}], NULL) AS steps, problem
      FROM assets
      WHERE package_id = ${packageId} AND size_bytes > 0
        AND ${ids === null ? sql`true` : sql`id = ANY (${[...ids]}::uuid[])`}
        AND ${sql.unsafe(anyStepIs('failed'))}
      ORDER BY id
      FOR NO KEY UPDATE
    ), kept AS (
      INSERT INTO retried_failures (run_id, asset_id, version, steps, problem)
      SELECT ${runId}, id, version, steps, problem FROM failed
      ON CONFLICT (run_id, asset_id) DO UPDATE SET
        version = excluded.version, steps = excluded.steps, problem = excluded.problem
    )
    UPDATE assets SET ${sql.unsafe(again.join(', '))}, problem = NULL
    FROM failed
    WHERE assets.id = failed.id`;
}

/**
 * Restores the failures that cancelled runs were to retry and have not finished. When a later run of the package
 * retries the same asset, the failure is handed over to that run.
 */
export async function restoreFailures(sql: TransactionSql, runIds: readonly string[]): Promise<void> {
  const failAgain = ASSET_STEPS.map(
    (step) => `
      ${step}_status = CASE
        WHEN ${step}_status = 'pending' AND '${step}' = ANY (kept.steps) THEN 'failed' ELSE ${step}_status
      END`,
  ).join(',');
  const unfinished = ASSET_STEPS.map((step) => `(${step}_status = 'pending' AND '${step}' = ANY (kept.steps))`).join(
    ' OR ',
  );
  await sql`
    WITH kept AS (
      DELETE FROM retried_failures WHERE run_id = ANY (${[...runIds]}::uuid[]) RETURNING *
    ), wanted AS (
      SELECT DISTINCT ON (kept.asset_id) later.id AS run_id, kept.asset_id, kept.version, kept.steps, kept.problem
      FROM kept
      JOIN runs AS cancelled ON cancelled.id = kept.run_id
      JOIN runs AS later ON later.package_id = cancelled.package_id
        AND (later.created_at, later.id) > (cancelled.created_at, cancelled.id)
      WHERE later.status IN ('scanning', 'processing') AND later.held IS DISTINCT FROM 'cancelled'
        AND later.options->'unattended' IS DISTINCT FROM 'true'
        AND (
          jsonb_typeof(later.options->'asset_ids') IS DISTINCT FROM 'array'
          OR later.options->'asset_ids' ? kept.asset_id::text
        )
      ORDER BY kept.asset_id, later.created_at, later.id
    ), handed_over AS (
      INSERT INTO retried_failures (run_id, asset_id, version, steps, problem)
      SELECT run_id, asset_id, version, steps, problem FROM wanted
      ON CONFLICT (run_id, asset_id) DO NOTHING
    )
    UPDATE assets SET ${sql.unsafe(failAgain)}, problem = coalesce(assets.problem, kept.problem)
    FROM kept
    WHERE assets.id = kept.asset_id AND ${version(sql)} = kept.version
      AND (${sql.unsafe(unfinished)})
      AND NOT EXISTS (SELECT FROM wanted WHERE wanted.asset_id = kept.asset_id)`;
}

/** Forgets the retried failures of runs that have ended. */
export async function forgetFailures(sql: TransactionSql, runIds: readonly string[]): Promise<void> {
  await sql`DELETE FROM retried_failures WHERE run_id = ANY (${[...runIds]}::uuid[])`;
}
