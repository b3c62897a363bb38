/** Ingest runs: their states, and their progress as derived from the assets' states. */

import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { type RunRow, runRow } from '@ingesthub/schema/library/rows.ts';
import { type RunOptions, runOptions } from '@ingesthub/schema/library/run-options.ts';
import type { StoredPath } from '@ingesthub/schema/paths/stored-path.ts';
import { v7 as uuid } from 'uuid';
import type { Sql, TransactionSql } from './client.ts';
import { forgetFailures, restoreFailures } from './retried-failures.ts';
import { askedFor, isHeld } from './run-of-package.ts';

/** Creates a run. Ingestors are notified of the row at once. */
export async function createRun(
  sql: TransactionSql,
  projectId: string,
  packageId: string,
  options: RunOptions = {},
): Promise<string> {
  const id = uuid();
  await sql`
    INSERT INTO runs (id, project_id, package_id, options)
    VALUES (${id}, ${projectId}, ${packageId}, ${sql.json(options as Record<string, never>)})`;
  return id;
}

export async function findRun(sql: Sql, runId: string): Promise<RunRow | null> {
  const [row] = await sql`SELECT * FROM runs WHERE id = ${runId}`;
  return row ? runRow.parse(row) : null;
}

/** A run with its package's folder. */
export interface RunFolder {
  readonly runId: string;
  readonly status: RunRow['status'];
  readonly held: RunRow['held'];
  readonly options: RunOptions;
  readonly createdAt: Date;
  readonly packageId: string;
  readonly projectId: string;
  readonly sourcePath: StoredPath;
  readonly mediaRoot: string | null;
  readonly fingerprint: string | null;
}

/** Null when the run or its package no longer exists. */
export async function findRunFolder(sql: Sql, runId: string): Promise<RunFolder | null> {
  const [row] = await sql<(Omit<RunFolder, 'options'> & { options: unknown })[]>`
    SELECT
      runs.id AS "runId",
      runs.status,
      runs.held,
      runs.options,
      runs.created_at AS "createdAt",
      runs.package_id AS "packageId",
      packages.project_id AS "projectId",
      packages.source_path AS "sourcePath",
      packages.media_root AS "mediaRoot",
      packages.fingerprint
    FROM runs
    JOIN packages ON packages.id = runs.package_id
    WHERE runs.id = ${runId}`;
  return row ? { ...row, options: runOptions.catch({}).parse(row.options ?? {}) } : null;
}

export interface QueuedRun {
  readonly runId: string;
  readonly packageId: string;
  readonly sourcePath: StoredPath;
  /** Null when no ingestor has taken the package yet. */
  readonly mediaRoot: string | null;
}

/** Returns runs that wait for an ingestor, locked until the transaction ends. */
export async function queuedRuns(
  sql: TransactionSql,
  roots: readonly { id: string; path: string }[],
): Promise<QueuedRun[]> {
  return sql<QueuedRun[]>`
    SELECT
      runs.id AS "runId",
      runs.package_id AS "packageId",
      packages.source_path AS "sourcePath",
      packages.media_root AS "mediaRoot"
    FROM runs
    JOIN packages ON packages.id = runs.package_id
    WHERE runs.status = 'queued' AND runs.host IS NULL AND runs.held IS NULL
      -- Only one run at a time scans a folder.
      AND NOT EXISTS (
        SELECT FROM runs AS other
        WHERE other.package_id = runs.package_id AND other.id <> runs.id
          AND (other.status = 'scanning' OR other.status = 'queued' AND other.host IS NOT NULL)
      )
      AND (
        packages.media_root = ANY (${roots.map(({ id }) => id)}::text[])
        OR packages.media_root IS NULL AND EXISTS (
          SELECT FROM unnest(${roots.map(({ path }) => path)}::text[]) AS root(path)
          WHERE source_path = root.path OR starts_with(source_path, rtrim(root.path, '/') || '/')
        )
      )
    ORDER BY runs.created_at, runs.id
    LIMIT 100
    FOR UPDATE OF runs SKIP LOCKED`;
}

export async function setPackageRoot(sql: TransactionSql, packageId: string, rootId: string): Promise<void> {
  await sql`
    UPDATE packages SET media_root = ${rootId}
    WHERE id = ${packageId} AND media_root IS DISTINCT FROM ${rootId}`;
}

/** Records which host has the job of a queued run. */
export async function assignRun(sql: TransactionSql, runId: string, host: string): Promise<void> {
  await sql`UPDATE runs SET host = ${host} WHERE id = ${runId}`;
}

export async function startRun(sql: TransactionSql, runId: string, host: string): Promise<void> {
  await sql`
    UPDATE runs SET status = 'scanning', host = ${host}, problem = NULL, started_at = coalesce(started_at, now())
    WHERE id = ${runId}`;
}

/** Returns a run to the queue with all its progress. */
export async function requeueRun(sql: Sql | TransactionSql, runId: string): Promise<void> {
  await sql`
    UPDATE runs SET status = 'queued', host = NULL
    WHERE id = ${runId} AND status IN ('queued', 'scanning', 'processing')`;
}

export async function setRunFound(sql: TransactionSql, runId: string, files: number, assets: number): Promise<void> {
  await sql`
    UPDATE runs SET files_found = ${files}, assets_registered = greatest(assets_registered, ${assets})
    WHERE id = ${runId} AND (files_found, assets_registered) IS DISTINCT FROM (${files}, greatest(assets_registered, ${assets}))`;
}

/**
 * Records which files a run could not read and what is missing on camera cards. The run completes nevertheless, and its
 * package shows the problem too.
 */
export async function setRunProblem(sql: TransactionSql, runId: string, problem: string | null): Promise<void> {
  await sql`UPDATE runs SET problem = ${problem} WHERE id = ${runId} AND problem IS DISTINCT FROM ${problem}`;
}

export async function setRunProcessing(sql: TransactionSql, runId: string): Promise<void> {
  await sql`UPDATE runs SET status = 'processing' WHERE id = ${runId}`;
}

export async function failRun(sql: TransactionSql, runId: string, problem: string): Promise<void> {
  await sql`
    UPDATE runs SET status = 'failed', problem = ${problem}, finished_at = now()
    WHERE id = ${runId} AND status NOT IN ('done', 'failed', 'cancelled')`;
  await forgetFailures(sql, [runId]);
}

/**
 * Carries out what people decided about runs: a paused run waits to be taken up again, a cancelled one ends and
 * restores the former state.
 *
 * @returns the affected packages.
 */
export async function applyHolds(sql: TransactionSql): Promise<{ runId: string; packageId: string; held: string }[]> {
  // Scanning runs check for themselves between two batches; if the scanning daemon died, its job is delivered again.
  const rows = await sql<{ runId: string; packageId: string; held: string; isRetry: boolean }[]>`
    UPDATE runs SET
      status = CASE held WHEN 'cancelled' THEN 'cancelled' ELSE 'queued' END,
      host = CASE held WHEN 'cancelled' THEN host END,
      finished_at = CASE held WHEN 'cancelled' THEN now() END
    WHERE held = 'cancelled' AND status IN ('queued', 'processing')
      OR held = 'paused' AND (status = 'processing' OR status = 'queued' AND host IS NOT NULL)
    RETURNING
      id AS "runId", package_id AS "packageId", held, ${isRetry(sql)} AS "isRetry"`;
  const cancelled = rows.filter(({ held }) => held === 'cancelled');
  if (cancelled.length > 0) await settleCancelled(sql, cancelled);
  return rows;
}

/** Restores what cancelled runs had set out to redo, and updates the state of their packages. */
async function settleCancelled(
  sql: TransactionSql,
  cancelled: readonly { runId: string; packageId: string; isRetry: boolean }[],
): Promise<void> {
  const runIds = cancelled.map(({ runId }) => runId);
  const packageIds = [...new Set(cancelled.map(({ packageId }) => packageId))];
  // Unattended runs are cancelled together with the run that a person cancelled.
  await sql`
    UPDATE runs SET held = 'cancelled'
    WHERE package_id = ANY (${cancelled.filter(({ isRetry }) => !isRetry).map(({ packageId }) => packageId)}::uuid[])
      AND held IS NULL AND options->'unattended' = 'true' AND status IN ('queued', 'scanning', 'processing')`;
  await restoreFailures(sql, runIds);
  await sql`
    WITH stands AS (
      SELECT
        packages.id,
        packages.status IN ('ready', 'error') OR packages.former_status IS NOT NULL AS was_ingested,
        EXISTS (
          SELECT FROM assets
          WHERE package_id = packages.id AND missing_since IS NULL AND deleted_at IS NULL
            AND ${sql.unsafe(anyStepIs('pending'))}
        ) AS has_pending
      FROM packages
      WHERE packages.id = ANY (${packageIds}::uuid[])
    )
    UPDATE runs SET
      undone = ${isRetry(sql)} OR was_ingested AND NOT has_pending,
      problem = CASE
        WHEN ${isRetry(sql)} THEN 'The retry was cancelled. The failed files are as they were before.'
        WHEN was_ingested AND NOT has_pending THEN 'The ingest was cancelled, but nothing was left to do.'
        ELSE ${CANCELLED}
      END
    FROM stands
    WHERE runs.id = ANY (${runIds}::uuid[]) AND stands.id = runs.package_id`;
  await sql`
    UPDATE packages SET
      status = CASE WHEN left_undone THEN 'error' ELSE former_status END,
      problem = CASE WHEN left_undone THEN ${CANCELLED} ELSE former_problem END
    FROM (
      SELECT packages.id, former_status IS NULL OR ${isHeld(sql)} AS left_undone
      FROM packages
      WHERE packages.id = ANY (${packageIds}::uuid[])
    ) AS stands
    WHERE packages.id = stands.id AND packages.status IN ('queued', 'processing')
      AND NOT EXISTS (
        SELECT FROM runs
        WHERE package_id = packages.id AND status IN ('queued', 'scanning', 'processing')
      )`;
}

/** Restores the status that a package had before a run that achieved nothing. */
export async function restorePackage(
  sql: TransactionSql,
  { runId, packageId }: { readonly runId: string; readonly packageId: string },
): Promise<void> {
  await sql`UPDATE runs SET undone = true WHERE id = ${runId}`;
  await sql`
    UPDATE packages SET status = former_status, problem = former_problem
    WHERE id = ${packageId} AND status = 'processing' AND former_status IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM runs WHERE package_id = ${packageId} AND status IN ('queued', 'scanning', 'processing')
      )`;
}

/**
 * Records for queued runs that no running ingestor can take which ingestor they wait for, and clears the note of
 * others.
 *
 * @param aliveSeconds since the last sighting after which an ingestor counts as stopped.
 */
export async function explainWaiting(sql: TransactionSql, aliveSeconds: number): Promise<void> {
  await sql`
    WITH readers AS (
      SELECT
        runs.id,
        packages.source_path,
        array_agg(DISTINCT ingestors.host) FILTER (WHERE ingestors.host IS NOT NULL) AS hosts,
        coalesce(bool_or(seen_at > now() - make_interval(secs => ${aliveSeconds})), false) AS is_read
      FROM runs
      JOIN packages ON packages.id = runs.package_id
      LEFT JOIN ingestors ON EXISTS (
        SELECT FROM unnest(ingestors.media_roots) AS root(path)
        LEFT JOIN media_roots ON media_roots.host = ingestors.host AND media_roots.path = root.path
        WHERE CASE
          WHEN packages.media_root IS NOT NULL THEN media_roots.id = packages.media_root
          ELSE source_path = root.path OR starts_with(source_path, rtrim(root.path, '/') || '/')
        END
      )
      WHERE runs.status = 'queued' AND runs.host IS NULL AND runs.held IS NULL
      GROUP BY runs.id, packages.source_path
    ), explained AS (
      SELECT id, CASE
        WHEN is_read THEN NULL
        WHEN hosts IS NULL THEN
          'Waiting: no ingestor reads ' || source_path || '. Add a folder that contains it to MEDIA_ROOT_PATHS of an ingestor, or cancel the run.'
        ELSE 'Waiting for the ingestor on ' || array_to_string(hosts, ' or ') || ', which is not running.'
      END AS problem
      FROM readers
    )
    UPDATE runs SET problem = explained.problem
    FROM explained
    WHERE runs.id = explained.id AND runs.problem IS DISTINCT FROM explained.problem`;
}

/** True when a run only retries some assets. */
function isRetry(sql: TransactionSql) {
  return sql`coalesce(jsonb_typeof(runs.options->'asset_ids') = 'array', false)`;
}

const CANCELLED = 'The ingest was cancelled. Ingest the package again to continue.';

/** Returns those packages in which no work may be done. */
export async function heldPackages(sql: Sql, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM packages WHERE id = ANY (${[...ids]}::uuid[]) AND ${isHeld(sql)}`;
  return rows.map(({ id }) => id);
}

/** Returns packages with a run whose assets are being processed. */
export async function packagesInProgress(sql: Sql): Promise<string[]> {
  const rows = await sql<{ package_id: string }[]>`SELECT DISTINCT package_id FROM runs WHERE status = 'processing'`;
  return rows.map((row) => row.package_id);
}

/**
 * Updates the counters of a package's runs from its assets, and ends those runs, and the package's wait, when nothing
 * is pending. Rows that would not change are not written.
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
        coalesce(bool_or(
          ${sql.unsafe(anyStepIs('pending'))}
        ), false) AS pending
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
    WHERE runs.package_id = ${packageId} AND runs.status = 'processing' AND runs.held IS NULL
      AND (
        NOT pending
        OR (assets_registered, assets_probed, thumbnails_made, proxies_made, assets_failed)
          IS DISTINCT FROM (registered, probed, thumbnails, proxies, failed)
      )
    RETURNING runs.id, runs.status`;
  const ended = rows.filter(({ status }) => status === 'done').map(({ id }) => id);
  if (ended.length > 0) {
    await sql`
      UPDATE packages SET status = 'ready', problem = (
        -- The latest scan's report of files that it could not read, and of broken cards.
        SELECT problem FROM runs
        WHERE package_id = ${packageId} AND NOT undone AND options->'asset_ids' IS NULL
        ORDER BY created_at DESC, id DESC LIMIT 1
      )
      WHERE id = ${packageId}
        AND NOT EXISTS (
          SELECT FROM runs WHERE package_id = ${packageId} AND status IN ('queued', 'scanning', 'processing')
        )
        -- The failure of a later run still stands.
        AND 'done' = (
          SELECT status FROM runs WHERE package_id = ${packageId} AND NOT undone
          ORDER BY created_at DESC, id DESC LIMIT 1
        )`;
    await forgetFailures(sql, ended);
  }
  return ended;
}

/**
 * Queues another scan of a package's folder, unless a run is about to scan it. The options that a person chose last
 * apply to new files too.
 */
export async function requestRescan(sql: TransactionSql, packageId: string): Promise<void> {
  await sql`
    INSERT INTO runs (id, project_id, package_id, options)
    SELECT
      ${uuid()}, project_id, id,
      '{"unattended": true}'::jsonb || coalesce((${askedFor(sql)}), '{}')
    FROM packages
    WHERE id = ${packageId} AND deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM runs WHERE package_id = ${packageId} AND status IN ('queued', 'scanning'))`;
}

/**
 * Requeues runs whose pending assets have no job left, because their files changed during the work or a job was lost;
 * their folders are scanned again.
 *
 * @returns the number of runs.
 */
export async function requeueStalledRuns(sql: Sql): Promise<number> {
  const rows = await sql`
    UPDATE runs SET status = 'queued', host = NULL
    WHERE status = 'processing' AND held IS NULL
      AND NOT EXISTS (
        SELECT FROM runs AS other
        WHERE other.package_id = runs.package_id AND (
          other.status IN ('queued', 'scanning')
          OR other.held IS NOT NULL AND other.status NOT IN ('done', 'failed', 'cancelled')
        )
      )
      AND NOT EXISTS (
        SELECT FROM pgboss.job
        WHERE state IN ('created', 'retry', 'active') AND data->>'packageId' = runs.package_id::text
      )
      AND EXISTS (
        SELECT FROM assets
        WHERE assets.package_id = runs.package_id AND missing_since IS NULL AND deleted_at IS NULL
          AND ${sql.unsafe(anyStepIs('pending'))}
      )
    RETURNING id`;
  return rows.length;
}
