/** Writes scanned files as asset rows in bulk, and touches only those that changed. */
import type { RunOptions } from '@ingesthub/schema/run-options.ts';
import type { FileType, WorkStatus } from '@ingesthub/schema/vocabulary.ts';
import { v7 as uuid } from 'uuid';
import type { Placement } from '../analyze/rules/layout.ts';
import { keysOf, type ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';
import { fileColumns, fileNames, fileTypes, setFile } from './file-columns.ts';

/** The initial status of an asset's steps, from its type and size alone. */
interface InitialWork {
  readonly probe: WorkStatus;
  readonly thumbnail: WorkStatus;
  readonly proxy: WorkStatus;
  readonly sprite: WorkStatus;
  readonly waveform: WorkStatus;
  readonly problem: string | null;
}

/** Steps that a file type may need; the probe decides which are needed. */
const STEPS: Readonly<Record<FileType, readonly (keyof InitialWork)[]>> = {
  image: ['probe', 'thumbnail'],
  video: ['probe', 'thumbnail', 'proxy', 'sprite', 'waveform'],
  sequence: ['probe', 'thumbnail', 'proxy', 'sprite'],
  audio: ['probe', 'proxy', 'waveform'],
  other: [],
};
const MOVING: readonly (keyof InitialWork)[] = ['proxy', 'sprite', 'waveform'];

function initialWork(asset: Pick<ScannedAsset, 'fileType' | 'size'>, options: RunOptions): InitialWork {
  const isEmpty = asset.size === 0 && asset.fileType !== 'other';
  const status = (step: keyof InitialWork): WorkStatus => {
    if (!STEPS[asset.fileType].includes(step)) return 'none';
    if (options.skip_proxies && MOVING.includes(step)) return 'none';
    return isEmpty ? 'failed' : 'pending';
  };
  return {
    probe: status('probe'),
    thumbnail: status('thumbnail'),
    proxy: status('proxy'),
    sprite: status('sprite'),
    waveform: status('waveform'),
    problem: isEmpty ? 'The file is empty (0 bytes).' : null,
  };
}

export interface Registration {
  readonly projectId: string;
  readonly packageId: string;
  readonly options: RunOptions;
  /** True when a person decided what the files are: existing assets are then placed again. */
  readonly placeAnew: boolean;
  readonly assets: readonly { asset: ScannedAsset; placement: Placement; subjectId: string }[];
}

export interface RegisteredAsset {
  readonly id: string;
  readonly fileType: FileType;
}

/**
 * Inserts new assets and updates those whose file changed: their probe and derivatives restart, while tags, review and
 * everything else that people gave them, including a deletion, is kept. Failed steps are retried when a person asks,
 * because tools or permissions may have changed. A file whose asset people deleted permanently stays out while it is
 * unchanged.
 *
 * @returns the assets that have to be probed.
 */
export async function registerAssets(sql: TransactionSql, registration: Registration): Promise<RegisteredAsset[]> {
  const { options, packageId, projectId } = registration;
  const folders = await folderNumbers(sql, projectId, packageId, [
    ...new Set(registration.assets.map(({ asset }) => folderOf(asset.relativePath))),
  ]);
  const rows = registration.assets.map(({ asset, placement, subjectId }) => {
    const work = initialWork(asset, options);
    return {
      id: uuid(),
      subject_id: subjectId,
      folder: folders.get(folderOf(asset.relativePath)) ?? null,
      asset_type: placement.assetType,
      camera: placement.camera,
      ...fileColumns(asset),
      probe_status: work.probe,
      thumbnail_status: work.thumbnail,
      proxy_status: work.proxy,
      sprite_status: work.sprite,
      waveform_status: work.waveform,
      problem: work.problem,
    };
  });
  // In the order of the scan, so that two registrations never deadlock.
  const registered = await sql<{ id: string; fileType: FileType; probe_status: WorkStatus }[]>`
    INSERT INTO assets (
      id, project_id, package_id, subject_id, folder, asset_type, camera, ${fileNames(sql)},
      probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status, problem
    )
    SELECT
      id, ${projectId}, ${packageId}, subject_id, folder, asset_type, camera, ${fileNames(sql)},
      probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status, problem
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS scanned(
      id uuid, subject_id uuid, folder integer, asset_type text, camera text, ${fileTypes(sql)},
      probe_status text, thumbnail_status text, proxy_status text, sprite_status text, waveform_status text,
      problem text
    )
    WHERE NOT EXISTS (
      SELECT FROM forgotten_files AS forgotten
      WHERE forgotten.package_id = ${packageId} AND forgotten.relative_path = scanned.relative_path
        AND forgotten.size_bytes = scanned.size_bytes AND forgotten.modified_ns = scanned.modified_ns
    )
    ON CONFLICT (package_id, relative_path) WHERE missing_since IS NULL DO UPDATE SET
      ${setFile(sql, 'excluded')},
      content_hash = NULL,
      full_hash = NULL,
      placeholder = NULL,
      thumbnail_key = NULL,
      proxy_key = NULL,
      sprite_key = NULL,
      waveform_key = NULL,
      probe_status = excluded.probe_status,
      thumbnail_status = excluded.thumbnail_status,
      proxy_status = excluded.proxy_status,
      sprite_status = excluded.sprite_status,
      waveform_status = excluded.waveform_status,
      problem = excluded.problem
    WHERE
      (
        assets.file_type, assets.size_bytes, assets.modified_ns,
        assets.first_frame, assets.last_frame, assets.missing_frames
      ) IS DISTINCT FROM (
        excluded.file_type, excluded.size_bytes, excluded.modified_ns,
        excluded.first_frame, excluded.last_frame, excluded.missing_frames
      )
      OR excluded.probe_status = 'pending' AND (
        ${options.force ?? false}
        OR ${!options.unattended} AND 'failed' IN (
          assets.probe_status, assets.thumbnail_status, assets.proxy_status, assets.sprite_status, assets.waveform_status
        )
      )
    RETURNING id, file_type AS "fileType", probe_status`;
  await noteFrames(
    sql,
    packageId,
    registration.assets.map(({ asset }) => asset),
  );
  if (registration.placeAnew) await placeAnew(sql, packageId, rows);
  return registered.filter((asset) => asset.probe_status === 'pending').map(({ id, fileType }) => ({ id, fileType }));
}

/** Records which files the frames of sequences are, by the paths of registered assets. */
export async function noteFrames(
  sql: TransactionSql,
  packageId: string,
  assets: readonly ScannedAsset[],
): Promise<void> {
  const rows = assets
    .filter(({ frames }) => frames !== null)
    .map((asset) => ({ relative_path: asset.relativePath, keys: `{${keysOf(asset).join()}}` }));
  if (rows.length === 0) return;
  await sql`
    INSERT INTO asset_frames AS noted (asset_id, keys)
    SELECT assets.id, found.keys::bigint[]
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS found(relative_path text, keys text)
    JOIN assets ON assets.package_id = ${packageId} AND assets.relative_path = found.relative_path
      AND assets.missing_since IS NULL
    ON CONFLICT (asset_id) DO UPDATE SET keys = excluded.keys WHERE noted.keys <> excluded.keys`;
}

/** Updates the rows of unchanged files with what a remount, a backup or a change of permissions altered. */
export async function refreshFiles(
  sql: TransactionSql,
  packageId: string,
  files: readonly { id: string; asset: ScannedAsset }[],
): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map(({ id, asset }) => ({ id, ...fileColumns(asset) }));
  await sql`
    UPDATE assets SET ${setFile(sql, 'found', REFRESHED)}
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS found(id uuid, ${fileTypes(sql)})
    WHERE assets.id = found.id`;
  await noteFrames(
    sql,
    packageId,
    files.map(({ asset }) => asset),
  );
}

const REFRESHED = ['device', 'inode', 'changed_ns', 'frame_count', 'frame_padding', 'duplicate_frames'] as const;

/** Returns the numbers of folders in a package, assigning new ones. */
async function folderNumbers(
  sql: TransactionSql,
  projectId: string,
  packageId: string,
  paths: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ path: string; number: number }[]>`
    SELECT path, folder_number(${packageId}, ${projectId}, path) AS number FROM unnest(${[...paths]}::text[]) AS path`;
  return new Map(rows.map(({ path, number }) => [path, number]));
}

function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
}

/**
 * Moves the names of new assets from the pending list into the substring index, which searches read faster. Run outside
 * any other transaction: it may take seconds.
 */
export async function cleanNameIndex(sql: Sql): Promise<void> {
  await sql`SELECT gin_clean_pending_list(to_regclass('assets_name_search')) WHERE to_regclass('assets_name_search') IS NOT NULL`;
}

/** Updates the placement of assets in a package that are placed elsewhere. */
async function placeAnew(
  sql: TransactionSql,
  packageId: string,
  rows: readonly { relative_path: string; subject_id: string; asset_type: string; camera: string }[],
): Promise<void> {
  const placed = rows.map(({ relative_path, subject_id, asset_type, camera }) => ({
    relative_path,
    subject_id,
    asset_type,
    camera,
  }));
  await sql`
    UPDATE assets
    SET subject_id = placed.subject_id, asset_type = placed.asset_type, camera = placed.camera
    FROM json_to_recordset(${JSON.stringify(placed)}::text::json) AS placed(
      relative_path text, subject_id uuid, asset_type text, camera text
    )
    WHERE assets.package_id = ${packageId} AND assets.relative_path = placed.relative_path
      AND assets.missing_since IS NULL
      AND (assets.subject_id, assets.asset_type, assets.camera)
        IS DISTINCT FROM (placed.subject_id, placed.asset_type, placed.camera)`;
}

export interface KnownFolder {
  readonly number: number;
  /** Within the package; '' is the package folder itself. */
  readonly path: string;
  readonly fingerprint: string | null;
}

export async function knownFolders(sql: Sql, packageId: string): Promise<Map<string, KnownFolder>> {
  const rows = await sql<KnownFolder[]>`
    SELECT number, path, fingerprint FROM folders WHERE package_id = ${packageId}`;
  return new Map(rows.map((folder) => [folder.path, folder]));
}

/** Records that the rows of these folders match the disk. */
export async function setFingerprints(
  sql: TransactionSql,
  packageId: string,
  fingerprints: ReadonlyMap<string, string>,
): Promise<void> {
  if (fingerprints.size === 0) return;
  await sql`
    UPDATE folders SET fingerprint = found.fingerprint
    FROM unnest(${[...fingerprints.keys()]}::text[], ${[...fingerprints.values()]}::text[]) AS found(path, fingerprint)
    WHERE folders.package_id = ${packageId} AND folders.path = found.path
      AND folders.fingerprint IS DISTINCT FROM found.fingerprint`;
}

/** Counts the assets of a package that are on disk, as far as known. */
export async function countPresent(sql: Sql, packageId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::integer AS count FROM assets
    WHERE package_id = ${packageId} AND missing_since IS NULL AND deleted_at IS NULL`;
  return row?.count ?? 0;
}

/** Marks assets whose files are gone as not on disk. */
export async function markMissing(sql: TransactionSql, ids: readonly string[]): Promise<void> {
  await sql`UPDATE assets SET missing_since = now() WHERE id = ANY (${[...ids]}::uuid[]) AND missing_since IS NULL`;
}
