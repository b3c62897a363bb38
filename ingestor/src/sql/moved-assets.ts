/**
 * Follows files that were moved or renamed: the asset that people know takes over its file's new place. When a scan has
 * already created an asset there, the two are merged, and everything that people gave to either is kept.
 */
import type { PendingQuery, Row } from 'postgres';
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { TransactionSql } from './client.ts';
import { columnNames, columnTypes, fileColumns, PLACE_COLUMNS, SCANNED_COLUMNS, setColumns } from './file-columns.ts';
import { FORMER_COLUMNS, takeFormerFiles } from './former-files.ts';
import { mergeAssets } from './merge-assets.ts';

/** The first keys of the locks; the second is the project. */
const PLACES = 4_711_007;
const MOVING = 4_711_008;

/**
 * Must come first in a transaction that records what a package's files contain, or that some are gone. Either event can
 * reveal a moved file: without the lock, two transactions that end at once would each miss what the other writes, and
 * no later one would notice.
 */
export async function lockPlaces(sql: TransactionSql, packageId: string, what: 'found' | 'gone'): Promise<void> {
  // Many transactions record contents at once, so they share the lock.
  const lock = what === 'found' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
  await sql`SELECT ${lock}(${PLACES}, hashtext(project_id::text)) FROM packages WHERE id = ${packageId}`;
}

/** Serialises changes of file ownership in a project, so that a file claimed by two assets goes to one. */
export async function lockMoving(sql: TransactionSql, packageId: string): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock(${MOVING}, hashtext(project_id::text)) FROM packages WHERE id = ${packageId}`;
}

/** The new place of a row's file. */
export interface NewPlace {
  readonly id: string;
  readonly packageId: string;
  readonly place: ScannedAsset;
  /** True when the file is unchanged; otherwise only its path is written, and registration treats it as changed. */
  readonly isSame: boolean;
}

/** Moves rows to the places of their files, including places that they take from each other. */
export async function moveToPlaces(sql: TransactionSql, moves: readonly NewPlace[]): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map(({ id, packageId, place, isSame }) => ({
    id,
    package_id: packageId,
    is_same: isSame,
    ...fileColumns(place),
  }));
  const ids = moves.map(({ id }) => id);
  // Only one asset on disk may have a path, so all leave their paths before any takes a new one.
  await sql`UPDATE assets SET relative_path = id || '//' WHERE id = ANY (${ids}::uuid[])`;
  const found = sql`
    json_to_recordset(${JSON.stringify(rows)}::text::json) AS found(
      id uuid, package_id uuid, is_same boolean, ${columnTypes(sql, SCANNED_COLUMNS)}
    )`;
  await sql`
    UPDATE assets SET package_id = found.package_id, missing_since = NULL, ${setColumns(sql, PLACE_COLUMNS, 'found')}
    FROM ${found} WHERE assets.id = found.id AND found.is_same`;
  // Without a time, registration treats the file as another one, however similar it is.
  await sql`
    UPDATE assets SET
      package_id = found.package_id, missing_since = NULL, relative_path = found.relative_path, name = found.name,
      modified_ns = NULL
    FROM ${found} WHERE assets.id = found.id AND NOT found.is_same`;
  await followPackages(sql, ids);
}

/** Updates the package of everything that belongs to an asset. */
async function followPackages(sql: TransactionSql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const table of ['asset_tags', 'asset_metadata', 'dataset_links'] as const) {
    await sql`
      UPDATE ${sql(table)} AS part SET package_id = assets.package_id
      FROM assets
      WHERE part.asset_id = ANY (${[...ids]}::uuid[]) AND assets.id = part.asset_id
        AND part.package_id <> assets.package_id`;
  }
}

interface Move {
  /** The asset whose file is no longer at its place. */
  readonly oldId: string;
  /** The asset registered for the same file at its present place. */
  readonly newId: string;
  /** True when another file has taken the old asset's name since. */
  readonly isFormer: boolean;
}

export interface Moved {
  /** Assets that received the places of their files. */
  readonly ids: readonly string[];
  /** New assets for files that had been mistaken for those. */
  readonly fresh: readonly string[];
}

/**
 * Matches assets of a project whose files are gone or replaced with files registered since they were last seen, by
 * identity on disk (inode, size and time). Renaming keeps all three, so nothing has to be read.
 *
 * @param packageId the package that lost files or has new ones.
 * @param goneIds of that package.
 */
export async function moveByIdentity(
  sql: TransactionSql,
  packageId: string,
  goneIds: readonly string[],
): Promise<Moved> {
  await lockMoving(sql, packageId);
  const pairsOf = (gone: Fragment) => sql`
    SELECT gone.id AS "oldId", found.id AS "newId", gone.is_former AS "isFormer", found.relative_path AS path
    FROM ${gone} AS gone
    JOIN assets AS found ON found.inode = gone.inode AND found.project_id = gone.project_id AND found.id <> gone.id
      AND found.missing_since IS NULL AND found.deleted_at IS NULL
      AND (found.size_bytes, found.modified_ns, found.file_type)
        = (gone.size_bytes, gone.modified_ns, gone.file_type)
    WHERE gone.project_id = (SELECT project_id FROM packages WHERE id = ${packageId})
      AND (gone.id = ANY (${[...goneIds]}::uuid[]) OR found.package_id = ${packageId})
      -- A free inode goes to the next file, so equal whole seconds are no proof.
      AND (gone.modified_ns % 1000000 <> 0 OR found.changed_ns = gone.changed_ns)
      AND found.created_at > ${lastSeen(sql)}`;
  const pairs = await sql<Move[]>`
    SELECT "oldId", "newId", "isFormer"
    FROM (${pairsOf(missingFiles(sql))} UNION ALL ${pairsOf(formerFiles(sql))}) AS pairs
    ORDER BY "isFormer", "oldId", path COLLATE "C"`;
  return becomeOne(sql, oneToOne(pairs));
}

type Fragment = PendingQuery<Row[]>;

function missingFiles(sql: TransactionSql): Fragment {
  return sql`(SELECT *, false AS is_former FROM assets WHERE missing_since IS NOT NULL AND deleted_at IS NULL)`;
}

/** Presents former files like assets whose files are gone since another file took their names. */
function formerFiles(sql: TransactionSql): Fragment {
  return sql`(
    SELECT
      assets.id, assets.project_id, assets.package_id, assets.created_at, former.since AS missing_since,
      ${columnNames(sql, FORMER_COLUMNS, 'former')}, true AS is_former
    FROM former_files AS former JOIN assets ON assets.id = former.asset_id
    WHERE assets.deleted_at IS NULL
      -- Otherwise the file has returned to its place.
      AND (former.content_hash IS NULL OR assets.content_hash IS DISTINCT FROM former.content_hash)
  )`;
}

/**
 * Matches assets of a project whose files are gone with assets of equal content that came after the run that found
 * them. A file delivered twice is two assets, and so are two files seen side by side when people have worked on the
 * second. A replaced file is matched only with files that came at the same time: an old copy that appears later is a
 * copy. Among several with one content, the one lost last has moved.
 *
 * @param ids of either kind, after `lockPlaces`.
 */
export async function moveByContent(sql: TransactionSql, packageId: string, ids: readonly string[]): Promise<Moved> {
  if ((await findMovesByContent(sql, ids)).length === 0) return { ids: [], fresh: [] };
  await lockMoving(sql, packageId);
  return becomeOne(sql, await findMovesByContent(sql, ids));
}

async function findMovesByContent(sql: TransactionSql, ids: readonly string[]): Promise<Move[]> {
  if (ids.length === 0) return [];
  const pairsOf = (gone: Fragment, isMove: Fragment) => sql`
    SELECT gone.id AS "oldId", found.id AS "newId", gone.is_former AS "isFormer", gone.missing_since, found.created_at
    FROM ${gone} AS gone
    JOIN assets AS found ON found.project_id = gone.project_id AND found.content_hash = gone.content_hash
      AND found.size_bytes = gone.size_bytes AND found.file_type = gone.file_type
      AND found.id <> gone.id
    WHERE (gone.id = ANY (${[...ids]}::uuid[]) OR found.id = ANY (${[...ids]}::uuid[]))
      AND found.missing_since IS NULL AND found.deleted_at IS NULL AND ${isMove}`;
  const fromMissing = pairsOf(
    missingFiles(sql),
    sql`
      found.created_at > ${firstSeen(sql)}
      AND (
        found.review_status = 'unreviewed' AND found.picked_up_at IS NULL
          AND NOT EXISTS (SELECT FROM asset_tags WHERE asset_tags.asset_id = found.id)
        OR found.created_at > ${lastSeen(sql)}
      )`,
  );
  const fromFormer = pairsOf(
    formerFiles(sql),
    sql`
      found.created_at > ${lastSeen(sql)} AND found.created_at < gone.missing_since + interval '1 day'
      AND NOT EXISTS (
        SELECT FROM runs
        WHERE runs.package_id = found.package_id AND runs.status = 'done'
          AND runs.started_at > gone.missing_since AND runs.finished_at < found.created_at
          AND jsonb_typeof(runs.options->'asset_ids') IS DISTINCT FROM 'array'
      )`,
  );
  const pairs = await sql<Move[]>`
    SELECT "oldId", "newId", "isFormer" FROM (${fromMissing} UNION ALL ${fromFormer}) AS pairs
    ORDER BY missing_since DESC, "oldId", created_at, "newId"`;
  return oneToOne(pairs);
}

/**
 * The end of the run that found `gone`. An asset that moved may have been found in another package than its present
 * one, which is recorded nowhere: then it is the longest of the runs that were in progress.
 */
function firstSeen(sql: TransactionSql) {
  const end = (where: Fragment) => sql`(
    SELECT max(runs.finished_at) FROM runs
    WHERE ${where} AND runs.started_at <= gone.created_at AND runs.finished_at >= gone.created_at
      AND jsonb_typeof(runs.options->'asset_ids') IS DISTINCT FROM 'array'
  )`;
  return sql`coalesce(
    ${end(sql`runs.package_id = gone.package_id`)}, ${end(sql`runs.project_id = gone.project_id`)}, gone.created_at
  )`;
}

/**
 * The start of the last scan that saw the file of `gone`. Within one package, the scan that lost the file saw `found`
 * beside its place; for another package, only the scan before that one proves that both existed.
 */
function lastSeen(sql: TransactionSql) {
  return sql`coalesce(
    (
      SELECT runs.started_at FROM runs
      WHERE runs.package_id = gone.package_id AND runs.started_at <= gone.missing_since
        AND jsonb_typeof(runs.options->'asset_ids') IS DISTINCT FROM 'array'
      ORDER BY runs.started_at DESC
      LIMIT 1 OFFSET CASE WHEN found.package_id = gone.package_id THEN 0 ELSE 1 END
    ),
    gone.created_at
  )`;
}

/** Lets the asset that people know take the place of the one created for the same file. */
async function becomeOne(sql: TransactionSql, all: readonly Move[]): Promise<Moved> {
  const formers = all.filter(({ isFormer }) => isFormer);
  const fresh = await takeFormerFiles(sql, formers);
  const ids = formers.map(({ oldId }) => oldId);
  await followPackages(sql, ids);
  const moved = await takePlaces(
    sql,
    all.filter(({ isFormer }) => !isFormer),
  );
  return { ids: [...ids, ...moved], fresh };
}

async function takePlaces(sql: TransactionSql, moves: readonly Move[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const pairs = JSON.stringify(moves.map(({ oldId, newId }) => ({ old_id: oldId, new_id: newId })));
  const found = await sql<{ row: string }[]>`
    SELECT row_to_json(found)::text AS row FROM (
      SELECT pair.old_id, package_id, ${columnNames(sql, SCANNED_COLUMNS)}
      FROM json_to_recordset(${pairs}::text::json) AS pair(old_id uuid, new_id uuid)
      JOIN assets ON assets.id = pair.new_id
    ) AS found`;
  await sql`
    INSERT INTO asset_frames (asset_id, keys)
    SELECT pair.old_id, keys
    FROM json_to_recordset(${pairs}::text::json) AS pair(old_id uuid, new_id uuid)
    JOIN asset_frames ON asset_id = pair.new_id
    ON CONFLICT (asset_id) DO UPDATE SET keys = excluded.keys`;
  // First, because a place belongs to one asset.
  await mergeAssets(
    sql,
    moves.map(({ oldId, newId }) => ({ id: newId, intoId: oldId })),
  );
  const moved = await sql<{ id: string }[]>`
    UPDATE assets SET package_id = found.package_id, missing_since = NULL, ${setColumns(sql, PLACE_COLUMNS, 'found')}
    FROM json_to_recordset(${`[${found.map(({ row }) => row).join()}]`}::text::json) AS found(
      old_id uuid, package_id uuid, ${columnTypes(sql, SCANNED_COLUMNS)}
    )
    WHERE assets.id = found.old_id
    RETURNING assets.id`;
  const ids = moved.map(({ id }) => id);
  await followPackages(sql, ids);
  return ids;
}

/** Uses each asset in one pair at most: two copies of a file are two assets. */
function oneToOne(pairs: readonly Move[]): Move[] {
  const taken = new Set<string>();
  return pairs.filter(({ oldId, newId }) => {
    if (taken.has(oldId) || taken.has(newId)) return false;
    taken.add(oldId).add(newId);
    return true;
  });
}
