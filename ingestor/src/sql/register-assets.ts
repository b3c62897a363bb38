/** Writes scanned files as asset rows in bulk, and touches only those that changed. */
import { columnsWith, stepStatuses } from '@ingesthub/schema/library/asset-columns.ts';
import type { RunOptions } from '@ingesthub/schema/library/run-options.ts';
import type { FileType, WorkStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { v7 as uuid } from 'uuid';
import type { Placement } from '../analyze/rules/layout.ts';
import { keysOf, type ScannedAsset } from '../scan/assets-of.ts';
import type { AssetStep } from './asset-work.ts';
import type { Sql, TransactionSql } from './client.ts';
import { clearFacts, columnNames, columnTypes, fileColumns, SCANNED_COLUMNS, setColumns } from './file-columns.ts';

/** Steps that a file type may need; the probe decides which are needed. */
const STEPS: Readonly<Record<FileType, readonly AssetStep[]>> = {
  image: ['probe', 'thumbnail'],
  video: ['probe', 'thumbnail', 'proxy', 'sprite', 'waveform'],
  sequence: ['probe', 'thumbnail', 'proxy', 'sprite'],
  audio: ['probe', 'proxy', 'waveform'],
  other: [],
};
const MOVING: readonly AssetStep[] = ['proxy', 'sprite', 'waveform'];

/** Columns that hold the state of the work on a file. */
const RESTARTED_COLUMNS = columnsWith({ newWork: 'restarts' });

/** Returns the initial status of an asset's steps, from its type and size alone. */
function initialWork(asset: Pick<ScannedAsset, 'fileType' | 'size'>, options: RunOptions) {
  const isEmpty = asset.size === 0 && asset.fileType !== 'other';
  const status = (step: AssetStep): WorkStatus => {
    if (!STEPS[asset.fileType].includes(step)) return 'none';
    if (options.skip_proxies && MOVING.includes(step)) return 'none';
    return isEmpty ? 'failed' : 'pending';
  };
  return {
    probe_status: status('probe'),
    thumbnail_status: status('thumbnail'),
    proxy_status: status('proxy'),
    sprite_status: status('sprite'),
    waveform_status: status('waveform'),
    problem: isEmpty ? 'The file is empty (0 bytes).' : null,
  } satisfies Record<(typeof RESTARTED_COLUMNS)[number], unknown>;
}

/** Columns of a new asset, apart from its project and package. */
const REGISTERED_COLUMNS = [
  ...(['id', 'folder'] as const),
  ...columnsWith({ writer: 'placement' }),
  ...SCANNED_COLUMNS,
  ...RESTARTED_COLUMNS,
];

/** Columns that differ when a file has changed. */
const ASKING_COLUMNS = columnsWith({ newWork: 'asks' });

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
  const rows = registration.assets.map(
    ({ asset, placement, subjectId }) =>
      ({
        id: uuid(),
        subject_id: subjectId,
        folder: folders.get(folderOf(asset.relativePath)) ?? null,
        asset_type: placement.assetType,
        camera: placement.camera,
        ...fileColumns(asset),
        ...initialWork(asset, options),
      }) satisfies Record<(typeof REGISTERED_COLUMNS)[number], unknown>,
  );
  // In the order of the scan, so that two registrations never deadlock.
  const registered = await sql<{ id: string; fileType: FileType; probe_status: WorkStatus }[]>`
    INSERT INTO assets (project_id, package_id, ${columnNames(sql, REGISTERED_COLUMNS)})
    SELECT ${projectId}, ${packageId}, ${columnNames(sql, REGISTERED_COLUMNS)}
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS scanned(${columnTypes(sql, REGISTERED_COLUMNS)})
    WHERE NOT EXISTS (
      SELECT FROM forgotten_files AS forgotten
      WHERE forgotten.package_id = ${packageId} AND forgotten.relative_path = scanned.relative_path
        AND forgotten.size_bytes = scanned.size_bytes AND forgotten.modified_ns = scanned.modified_ns
    )
    ON CONFLICT (package_id, relative_path) WHERE missing_since IS NULL DO UPDATE SET
      ${setColumns(sql, [...SCANNED_COLUMNS, ...RESTARTED_COLUMNS], 'excluded')},
      ${clearFacts(sql)}
    WHERE
      (${columnNames(sql, ASKING_COLUMNS, 'assets')}) IS DISTINCT FROM (${columnNames(sql, ASKING_COLUMNS, 'excluded')})
      OR excluded.probe_status = 'pending' AND (
        ${options.force ?? false}
        OR ${!options.unattended} AND 'failed' IN (${columnNames(sql, stepStatuses, 'assets')})
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
    UPDATE assets SET ${setColumns(sql, REFRESHED, 'found')}
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS found(id uuid, ${columnTypes(sql, SCANNED_COLUMNS)})
    WHERE assets.id = found.id`;
  await noteFrames(
    sql,
    packageId,
    files.map(({ asset }) => asset),
  );
}

const REFRESHED = [
  ...(['device', 'inode', 'changed_ns', 'sidecar_of'] as const),
  ...(['frame_count', 'frame_padding', 'duplicate_frames'] as const),
];

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
  rows: readonly { relative_path: string; subject_id: string; asset_type: string; camera: string | null }[],
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
