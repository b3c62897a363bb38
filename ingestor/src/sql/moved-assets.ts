/**
 * Files that were moved or renamed: the asset that people know takes over its file's new place, with all that they
 * gave it, and the asset that the scan made of it there goes.
 */
import type { TransactionSql } from './client.ts';

/** The first keys of the locks; the second is the project. */
const PLACES = 4_711_007;
const MOVING = 4_711_008;

/**
 * Comes first in a transaction that says what a package's files hold, or that some are gone. A moved file is found by
 * both: without the lock, each of two that end at once would miss what the other writes, and none would come later.
 */
export async function lockPlaces(sql: TransactionSql, packageId: string, what: 'found' | 'gone'): Promise<void> {
  // What is found is found by many at once.
  const lock = what === 'found' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
  await sql`SELECT ${lock}(${PLACES}, hashtext(project_id::text)) FROM packages WHERE id = ${packageId}`;
}

/** One at a time gives a project's files to others: a file that two take for theirs goes to one. */
async function lockMoving(sql: TransactionSql, assetIds: readonly string[]): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock(${MOVING}, hashtext(project_id::text))
    FROM assets WHERE id = ANY (${[...assetIds]}::uuid[]) GROUP BY project_id`;
}

interface Move {
  /** Whose file is no longer where it was. */
  readonly oldId: string;
  /** What the same file was registered as where it is now. */
  readonly newId: string;
}

/**
 * Among assets whose files are gone: those that are the same file on disk (device, inode, size and time) as one that
 * was registered since. Renaming keeps all four, and nothing has to be read for it.
 *
 * @returns those that moved.
 */
export async function moveByIdentity(
  sql: TransactionSql,
  goneIds: readonly string[],
  since: Date,
): Promise<Set<string>> {
  if (goneIds.length === 0) return new Set();
  await lockMoving(sql, goneIds);
  const pairs = await sql<Move[]>`
    SELECT gone.id AS "oldId", found.id AS "newId"
    FROM assets AS gone
    JOIN assets AS found ON found.package_id = gone.package_id
      AND found.created_at >= ${since} AND found.missing_since IS NULL AND found.deleted_at IS NULL
      AND (found.device, found.inode, found.size_bytes, found.modified_ns, found.file_type)
        = (gone.device, gone.inode, gone.size_bytes, gone.modified_ns, gone.file_type)
    WHERE gone.id = ANY (${[...goneIds]}::uuid[]) AND found.id <> ALL (${[...goneIds]}::uuid[])
    ORDER BY gone.id, found.relative_path COLLATE "C"`;
  return new Set(await moveAssets(sql, oneToOne(pairs)));
}

/**
 * Among assets of a project whose files are gone: those with the same content as one that nobody has done anything
 * with, and that came after the run that found them: what was delivered twice is two assets.
 *
 * @param ids of either kind, after `lockPlaces`.
 * @returns those that moved.
 */
export async function moveByContent(sql: TransactionSql, ids: readonly string[]): Promise<string[]> {
  if ((await findMovesByContent(sql, ids)).length === 0) return [];
  await lockMoving(sql, ids);
  return moveAssets(sql, await findMovesByContent(sql, ids));
}

async function findMovesByContent(sql: TransactionSql, ids: readonly string[]): Promise<Move[]> {
  if (ids.length === 0) return [];
  const pairs = await sql<Move[]>`
    SELECT gone.id AS "oldId", found.id AS "newId"
    FROM assets AS gone
    JOIN assets AS found ON found.project_id = gone.project_id AND found.content_hash = gone.content_hash
      AND found.size_bytes = gone.size_bytes AND found.file_type = gone.file_type
      AND found.id <> gone.id
    WHERE (gone.id = ANY (${[...ids]}::uuid[]) OR found.id = ANY (${[...ids]}::uuid[]))
      AND gone.missing_since IS NOT NULL AND gone.deleted_at IS NULL AND gone.content_hash IS NOT NULL
      AND found.missing_since IS NULL AND found.deleted_at IS NULL
      AND found.review_status = 'unreviewed' AND found.picked_up_at IS NULL
      AND found.created_at > coalesce(
        (
          SELECT min(runs.finished_at) FROM runs
          WHERE runs.package_id = gone.package_id AND runs.status = 'done' AND runs.finished_at >= gone.created_at
        ),
        gone.created_at
      )
      AND NOT EXISTS (SELECT FROM asset_tags WHERE asset_tags.asset_id = found.id)
    ORDER BY gone.id, found.created_at, found.id`;
  return oneToOne(pairs);
}

/** @returns the assets that moved. */
async function moveAssets(sql: TransactionSql, moves: readonly Move[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const pairs = JSON.stringify(moves.map(({ oldId, newId }) => ({ old_id: oldId, new_id: newId })));
  // First out of the way, since a place belongs to one asset: the old row is written after the new one is gone.
  const places = await sql<{ row: unknown }[]>`
    WITH pair AS (
      SELECT * FROM json_to_recordset(${pairs}::text::json) AS pair(old_id uuid, new_id uuid)
    ), gone AS (
      DELETE FROM assets USING pair WHERE assets.id = pair.new_id
      RETURNING pair.old_id, assets.*
    )
    SELECT json_build_object(
      'old_id', old_id, 'package_id', package_id, 'relative_path', relative_path, 'name', name,
      'modified_at', modified_at, 'device', device::text, 'inode', inode::text, 'modified_ns', modified_ns::text,
      'first_frame', first_frame, 'last_frame', last_frame, 'frame_count', frame_count,
      'frame_padding', frame_padding, 'missing_frames', missing_frames
    ) AS row
    FROM gone`;
  const rows = JSON.stringify(places.map(({ row }) => row));
  const moved = await sql<{ id: string }[]>`
    UPDATE assets SET
      package_id = place.package_id,
      relative_path = place.relative_path,
      name = place.name,
      modified_at = place.modified_at,
      device = place.device,
      inode = place.inode,
      modified_ns = place.modified_ns,
      first_frame = place.first_frame,
      last_frame = place.last_frame,
      frame_count = place.frame_count,
      frame_padding = place.frame_padding,
      missing_frames = place.missing_frames,
      missing_since = NULL
    FROM json_to_recordset(${rows}::text::json) AS place(
      old_id uuid, package_id uuid, relative_path text, name text, modified_at timestamptz, device bigint, inode bigint,
      modified_ns bigint, first_frame integer, last_frame integer, frame_count integer, frame_padding integer,
      missing_frames text
    )
    WHERE assets.id = place.old_id
    RETURNING assets.id`;
  const ids = moved.map(({ id }) => id);
  for (const table of ['asset_tags', 'asset_metadata', 'dataset_links'] as const) {
    await sql`
      UPDATE ${sql(table)} AS part SET package_id = assets.package_id
      FROM assets
      WHERE part.asset_id = ANY (${ids}::uuid[]) AND assets.id = part.asset_id
        AND part.package_id <> assets.package_id`;
  }
  return ids;
}

/** Each asset in one pair at most: two copies of a file are two assets. */
function oneToOne(pairs: readonly Move[]): Move[] {
  const taken = new Set<string>();
  return pairs.filter(({ oldId, newId }) => {
    if (taken.has(oldId) || taken.has(newId)) return false;
    taken.add(oldId).add(newId);
    return true;
  });
}
