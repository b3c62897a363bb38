/**
 * Deleted rows can be restored for 30 days and are then purged permanently. Files on disk are never touched: files of a
 * package that stays are remembered, so that scans leave them out. Unused derivatives are left to the ingestor.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { KEPT_DAYS } from '@ingesthub/schema/mutations/mutations.ts';
import type { PendingQuery, Row, Sql } from 'postgres';
import { mergeOldCounts } from './add-counts.ts';
import { purgeMutations } from './purge-mutations.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Rows per transaction: purging a project must not hold up people at work. */
const BATCH = 2000;

export interface PurgeOptions {
  readonly sql: Sql;
  readonly signal: AbortSignal;
  /** Called after a purge that removed rows, or summed them. */
  readonly onPurged?: (rows: number) => void;
  readonly onError?: (error: unknown) => void;
}

/** Purges now and once a day, until the signal aborts. */
export async function purgeDaily({ sql, signal, onPurged, onError }: PurgeOptions): Promise<void> {
  while (!signal.aborted) {
    for (const purge of [purgeDeleted, purgeMutations, mergeOldCounts]) {
      try {
        const rows = await purge(sql, signal);
        if (rows > 0) onPurged?.(rows);
      } catch (error) {
        if (!signal.aborted) onError?.(error);
      }
    }
    await delay(DAY_MS, undefined, { signal }).catch(() => {});
  }
}

/**
 * Removes the rows deleted more than 30 days ago and their contents. The many go first, in batches, so that few rows are
 * left for the foreign keys to cascade to.
 *
 * @returns the number of rows removed from these tables.
 */
export async function purgeDeleted(sql: Sql, signal: AbortSignal): Promise<number> {
  const old = sql`deleted_at < now() - make_interval(days => ${KEPT_DAYS})`;
  const oldProjects = sql`project_id IN (SELECT id FROM projects WHERE ${old})`;
  const oldPackages = sql`package_id IN (SELECT id FROM packages WHERE ${old} OR ${oldProjects})`;
  const oldSubjects = sql`subject_id IN (SELECT id FROM subjects WHERE ${old} OR ${oldProjects})`;
  // The condition appears twice: when a row is restored while this waits for it, Postgres checks only the outer one again.
  const some = (table: string, which: PendingQuery<Row[]>) =>
    sql`WHERE id IN (SELECT id FROM ${sql(table)} WHERE ${which} LIMIT ${BATCH}) AND (${which})`;
  const steps = [
    () => sql`DELETE FROM assets ${some('assets', oldPackages)}`,
    // Assets of packages that stay: their files are still there, and the next scan would bring them back.
    () => sql`
      WITH gone AS (
        DELETE FROM assets ${some('assets', old)}
        RETURNING package_id, relative_path, size_bytes, modified_ns, missing_since
      )
      INSERT INTO forgotten_files (package_id, relative_path, size_bytes, modified_ns)
      -- Several assets may have shared a path; the one on disk wins.
      SELECT DISTINCT ON (package_id, relative_path) package_id, relative_path, size_bytes, modified_ns
      FROM gone
      ORDER BY package_id, relative_path, missing_since DESC NULLS FIRST
      ON CONFLICT (package_id, relative_path)
      DO UPDATE SET size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns`,
    () => sql`UPDATE assets SET subject_id = NULL ${some('assets', oldSubjects)}`,
    () => sql`DELETE FROM packages ${some('packages', sql`${old} OR ${oldProjects}`)}`,
    () => sql`DELETE FROM subjects ${some('subjects', sql`${old} OR ${oldProjects}`)}`,
    () => sql`DELETE FROM projects WHERE ${old}`,
    () => sql`DELETE FROM saved_filters WHERE ${old}`,
    () => sql`DELETE FROM corrections WHERE ${old}`,
  ];
  let purged = 0;
  for (const step of steps) {
    for (let rows = 1; rows > 0; purged += rows) {
      signal.throwIfAborted();
      rows = (await step()).count;
    }
  }
  return purged;
}
