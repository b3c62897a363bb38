/** Records the media roots of all hosts as their ingestors last saw them. */
import type { Sql, TransactionSql } from './client.ts';

export interface SeenRoot {
  readonly id: string;
  readonly host: string;
  readonly path: string;
  readonly hasSentinel: boolean;
  readonly problem: string | null;
}

/** Returns what a host already recorded about a root; null for a new root. */
export async function knownRoot(
  sql: Sql,
  host: string,
  path: string,
): Promise<{ id: string; hasSentinel: boolean; knownFolders: number } | null> {
  const [row] = await sql<{ id: string; hasSentinel: boolean; knownFolders: number }[]>`
    SELECT
      id,
      has_sentinel AS "hasSentinel",
      (
        SELECT count(*)::integer FROM packages
        WHERE media_root = media_roots.id AND deleted_at IS NULL
          AND (source_path = media_roots.path OR starts_with(source_path, rtrim(media_roots.path, '/') || '/'))
      ) + (
        SELECT count(*)::integer FROM incoming
        WHERE media_root = media_roots.id AND status IN ('settling', 'proposed')
      ) AS "knownFolders"
    FROM media_roots
    WHERE host = ${host} AND path = ${path}`;
  return row ?? null;
}

/** Writes a sighting of a root. A root that ever had a sentinel file is expected to keep it. */
export async function writeRoot(sql: Sql | TransactionSql, root: SeenRoot): Promise<void> {
  await sql`
    INSERT INTO media_roots (id, host, path, has_sentinel, problem, seen_at)
    VALUES (${root.id}, ${root.host}, ${root.path}, ${root.hasSentinel}, ${root.problem}, now())
    ON CONFLICT (host, path) DO UPDATE SET
      id = excluded.id,
      has_sentinel = media_roots.has_sentinel OR excluded.has_sentinel,
      problem = excluded.problem,
      seen_at = excluded.seen_at`;
}

/**
 * Renames a root after its new sentinel file: everything recorded under its path is transferred, and runs whose jobs
 * waited under the old name are queued again.
 */
export async function renameRoot(sql: TransactionSql, oldId: string, newId: string): Promise<void> {
  const moved = await sql<{ id: string }[]>`
    UPDATE packages SET media_root = ${newId} WHERE media_root = ${oldId} RETURNING id`;
  await sql`UPDATE incoming SET media_root = ${newId} WHERE media_root = ${oldId}`;
  await sql`
    UPDATE runs SET status = 'queued', host = NULL
    WHERE package_id = ANY (${moved.map(({ id }) => id)}::uuid[]) AND status IN ('queued', 'scanning', 'processing')`;
}
