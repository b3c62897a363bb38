/**
 * What people deleted goes for good after 30 days: until then it can be restored. Files on disk are never touched:
 * those of a package that stays are kept in mind, so that a scan leaves them out. Derivatives that nobody uses any
 * more are the ingestor's to remove.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { KEPT_DAYS } from '@ingesthub/schema/mutations.ts';
import type { PendingQuery, Row, Sql } from 'postgres';
import { purgeMutations } from './purge-mutations.ts';

const DAY_MS = 24 * 3600 * 1000;
/** Rows to one transaction: a deleted project must not hold up those who work. */
const BATCH = 2000;

export interface PurgeOptions {
  readonly sql: Sql;
  readonly signal: AbortSignal;
  /** Called after a purge that removed rows. */
  readonly onPurged?: (rows: number) => void;
  readonly onError?: (error: unknown) => void;
}

/** Purges now and once a day, until the signal aborts. */
export async function purgeDaily({ sql, signal, onPurged, onError }: PurgeOptions): Promise<void> {
  while (!signal.aborted) {
    for (const purge of [purgeDeleted, purgeMutations]) {
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
 * Removes the rows that were deleted more than 30 days ago, with what belongs to them: the many first, in batches, so
 * that little is left for the foreign keys to take along.
 *
 * @returns how many rows of those tables went.
 */
export async function purgeDeleted(sql: Sql, signal: AbortSignal): Promise<number> {
  const old = sql`deleted_at < now() - make_interval(days => ${KEPT_DAYS})`;
  const oldProjects = sql`project_id IN (SELECT id FROM projects WHERE ${old})`;
  const oldPackages = sql`package_id IN (SELECT id FROM packages WHERE ${old} OR ${oldProjects})`;
  const oldSubjects = sql`subject_id IN (SELECT id FROM subjects WHERE ${old} OR ${oldProjects})`;
  // The condition twice: a row that is restored while this waits for it is looked at again, by the outer one alone.
  const some = (table: string, which: PendingQuery<Row[]>) =>
    sql`WHERE id IN (SELECT id FROM ${sql(table)} WHERE ${which} LIMIT ${BATCH}) AND (${which})`;
  const steps = [
    () => sql`DELETE FROM assets ${some('assets', oldPackages)}`,
    // Of packages that stay: their files are still there, and the next scan would bring them back.
    () => sql`
      WITH gone AS (
        DELETE FROM assets ${some('assets', old)}
        RETURNING package_id, relative_path, size_bytes, modified_ns, missing_since
      )
      INSERT INTO forgotten_files (package_id, relative_path, size_bytes, modified_ns)
      -- Several may have had one path, and one of them is there.
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
