/** Ingest runs: their states, and their progress as the assets' own states tell it. */
import { type RunRow, runRow } from '@ingesthub/schema/rows.ts';
import { v7 as uuid } from 'uuid';
import type { Sql, TransactionSql } from './client.ts';

export async function createRun(sql: TransactionSql, projectId: string, packageId: string): Promise<string> {
  const id = uuid();
  await sql`INSERT INTO runs (id, project_id, package_id) VALUES (${id}, ${projectId}, ${packageId})`;
  return id;
}

export async function findRun(sql: Sql, runId: string): Promise<RunRow | null> {
  const [row] = await sql`SELECT * FROM runs WHERE id = ${runId}`;
  return row ? runRow.parse(row) : null;
}

/** A run with the folder that it is about; null when the run or its package was deleted. */
export async function findRunFolder(
  sql: Sql,
  runId: string,
): Promise<{ status: string; packageId: string; projectId: string; sourcePath: string } | null> {
  const [row] = await sql<{ status: string; packageId: string; projectId: string; sourcePath: string }[]>`
    SELECT
      runs.status,
      runs.package_id AS "packageId",
      runs.project_id AS "projectId",
      packages.source_path AS "sourcePath"
    FROM runs
    JOIN packages ON packages.id = runs.package_id
    WHERE runs.id = ${runId}`;
  return row ?? null;
}

export async function startRun(sql: TransactionSql, runId: string, host: string): Promise<void> {
  await sql`
    UPDATE runs SET status = 'scanning', host = ${host}, started_at = coalesce(started_at, now())
    WHERE id = ${runId}`;
}

export async function setRunFound(sql: TransactionSql, runId: string, filesFound: number): Promise<void> {
  await sql`UPDATE runs SET files_found = ${filesFound} WHERE id = ${runId}`;
}

export async function setRunProcessing(sql: TransactionSql, runId: string): Promise<void> {
  await sql`UPDATE runs SET status = 'processing' WHERE id = ${runId}`;
}

export async function failRun(sql: TransactionSql, runId: string, problem: string): Promise<void> {
  await sql`
    UPDATE runs SET status = 'failed', problem = ${problem}, finished_at = now()
    WHERE id = ${runId} AND status NOT IN ('done', 'failed')`;
}

/** Packages with a run whose assets are being worked on. */
export async function packagesInProgress(sql: Sql): Promise<string[]> {
  const rows = await sql<{ package_id: string }[]>`SELECT DISTINCT package_id FROM runs WHERE status = 'processing'`;
  return rows.map((row) => row.package_id);
}

/**
 * Sets the counters of a package's runs from its assets, and ends those runs, and the
 * package's wait, when nothing is pending.
 * Rows that would not change are left alone.
 *
 * @returns the runs that ended now.
 */
export async function countProgress(sql: TransactionSql, packageId: string): Promise<string[]> {
  const rows = await sql<{ id: string; status: string }[]>`
    WITH counted AS (
      SELECT
        count(*)::integer AS registered,
        (count(*) FILTER (WHERE probe_status = 'ready'))::integer AS probed,
        (count(*) FILTER (WHERE thumbnail_status = 'ready'))::integer AS thumbnails,
        (count(*) FILTER (WHERE proxy_status = 'ready'))::integer AS proxies,
        (count(*) FILTER (WHERE problem IS NOT NULL))::integer AS failed,
        coalesce(bool_or('pending' IN (probe_status, thumbnail_status, proxy_status)), false) AS pending
      FROM assets
      WHERE package_id = ${packageId} AND missing_since IS NULL AND deleted_at IS NULL
    )
    UPDATE runs SET
      assets_registered = registered,
      assets_probed = probed,
      thumbnails_made = thumbnails,
      proxies_made = proxies,
      assets_failed = failed,
      status = CASE WHEN pending THEN 'processing' ELSE 'done' END,
      finished_at = CASE WHEN pending THEN NULL ELSE now() END
    FROM counted
    WHERE runs.package_id = ${packageId} AND runs.status = 'processing'
      AND (
        NOT pending
        OR (assets_registered, assets_probed, thumbnails_made, proxies_made, assets_failed)
          IS DISTINCT FROM (registered, probed, thumbnails, proxies, failed)
      )
    RETURNING runs.id, runs.status`;
  const ended = rows.filter(({ status }) => status === 'done').map(({ id }) => id);
  if (ended.length > 0) {
    await sql`
      UPDATE packages SET status = 'ready', problem = NULL
      WHERE id = ${packageId}
        AND NOT EXISTS (SELECT FROM runs WHERE package_id = ${packageId} AND status NOT IN ('done', 'failed'))`;
  }
  return ended;
}
