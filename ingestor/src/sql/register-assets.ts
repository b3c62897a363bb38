/** Writes what a scan found as asset rows, in bulk, and touches only those that changed. */
import type { FileType, WorkStatus } from '@ingesthub/schema/vocabulary.ts';
import { v7 as uuid } from 'uuid';
import type { Placement } from '../analyze/layout.ts';
import type { ScannedAsset } from '../scan/assets-of.ts';
import type { Sql, TransactionSql } from './client.ts';

/** What has to be done for an asset, by its type and size alone. */
export interface InitialWork {
  readonly probe: WorkStatus;
  readonly thumbnail: WorkStatus;
  readonly proxy: WorkStatus;
  readonly problem: string | null;
}

function initialWork(asset: Pick<ScannedAsset, 'fileType' | 'size'>): InitialWork {
  const { fileType } = asset;
  const thumbnail = fileType === 'audio' || fileType === 'other' ? 'none' : 'pending';
  const proxy = fileType === 'image' || fileType === 'other' ? 'none' : 'pending';
  if (fileType === 'other') return { probe: 'none', thumbnail, proxy, problem: null };
  if (asset.size > 0) return { probe: 'pending', thumbnail, proxy, problem: null };
  const failed = (status: WorkStatus): WorkStatus => (status === 'none' ? 'none' : 'failed');
  return {
    probe: 'failed',
    thumbnail: failed(thumbnail),
    proxy: failed(proxy),
    problem: 'The file is empty (0 bytes).',
  };
}

export interface Registration {
  readonly projectId: string;
  readonly packageId: string;
  /** Whether a person said what the files are: existing assets are placed anew then. */
  readonly placeAnew: boolean;
  readonly assets: readonly { asset: ScannedAsset; placement: Placement; subjectId: string }[];
}

export interface RegisteredAsset {
  readonly id: string;
  readonly fileType: FileType;
}

/**
 * Inserts new assets, and updates those whose file changed: their probe and derivatives start again,
 * while tags, review and everything else that people gave them stays, also that they deleted one. What
 * failed before is tried again, since the tools or the permissions may have changed.
 *
 * @returns the assets that have to be probed.
 */
export async function registerAssets(sql: TransactionSql, registration: Registration): Promise<RegisteredAsset[]> {
  const rows = registration.assets.map(({ asset, placement, subjectId }) => {
    const work = initialWork(asset);
    return {
      id: uuid(),
      subject_id: subjectId,
      relative_path: asset.relativePath,
      name: asset.relativePath.split('/').at(-1),
      file_type: asset.fileType,
      asset_type: placement.assetType,
      camera: placement.camera,
      size_bytes: asset.size,
      modified_at: asset.modifiedAt,
      device: String(asset.device),
      inode: String(asset.inode),
      modified_ns: String(asset.modifiedNs),
      first_frame: asset.sequence?.first ?? null,
      last_frame: asset.sequence?.last ?? null,
      frame_count: asset.sequence?.count ?? null,
      frame_padding: asset.sequence?.padding ?? null,
      missing_frames: asset.sequence?.missing ?? null,
      probe_status: work.probe,
      thumbnail_status: work.thumbnail,
      proxy_status: work.proxy,
      problem: work.problem,
    };
  });
  // In the order that the scan gives, so that two registrations never wait for each other in a circle.
  const registered = await sql<{ id: string; fileType: FileType; probe_status: WorkStatus }[]>`
    INSERT INTO assets (
      id, project_id, package_id, subject_id, relative_path, name, file_type, asset_type, camera,
      size_bytes, modified_at, device, inode, modified_ns,
      first_frame, last_frame, frame_count, frame_padding, missing_frames,
      probe_status, thumbnail_status, proxy_status, problem
    )
    SELECT
      id, ${registration.projectId}, ${registration.packageId}, subject_id, relative_path, name, file_type, asset_type,
      camera, size_bytes, modified_at, device, inode, modified_ns,
      first_frame, last_frame, frame_count, frame_padding, missing_frames,
      probe_status, thumbnail_status, proxy_status, problem
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS scanned(
      id uuid, subject_id uuid, relative_path text, name text, file_type text, asset_type text, camera text,
      size_bytes bigint, modified_at timestamptz, device bigint, inode bigint, modified_ns bigint,
      first_frame integer, last_frame integer, frame_count integer, frame_padding integer, missing_frames text,
      probe_status text, thumbnail_status text, proxy_status text, problem text
    )
    ON CONFLICT (package_id, relative_path) DO UPDATE SET
      size_bytes = excluded.size_bytes,
      modified_at = excluded.modified_at,
      device = excluded.device,
      inode = excluded.inode,
      modified_ns = excluded.modified_ns,
      first_frame = excluded.first_frame,
      last_frame = excluded.last_frame,
      frame_count = excluded.frame_count,
      missing_frames = excluded.missing_frames,
      content_hash = NULL,
      placeholder = NULL,
      thumbnail_key = NULL,
      proxy_key = NULL,
      probe_status = excluded.probe_status,
      thumbnail_status = excluded.thumbnail_status,
      proxy_status = excluded.proxy_status,
      problem = excluded.problem
    WHERE
      (
        assets.size_bytes, assets.modified_at, assets.device, assets.inode, assets.modified_ns,
        assets.first_frame, assets.last_frame, assets.missing_frames
      ) IS DISTINCT FROM (
        excluded.size_bytes, excluded.modified_at, excluded.device, excluded.inode, excluded.modified_ns,
        excluded.first_frame, excluded.last_frame, excluded.missing_frames
      )
      OR excluded.probe_status = 'pending'
        AND 'failed' IN (assets.probe_status, assets.thumbnail_status, assets.proxy_status)
    RETURNING id, file_type AS "fileType", probe_status`;
  if (registration.placeAnew) await placeAnew(sql, registration.packageId, rows);
  return registered.filter((asset) => asset.probe_status === 'pending').map(({ id, fileType }) => ({ id, fileType }));
}

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
      AND (assets.subject_id, assets.asset_type, assets.camera)
        IS DISTINCT FROM (placed.subject_id, placed.asset_type, placed.camera)`;
}

/**
 * Thumbnails of before there were placeholders: their job makes it of what it then finds there.
 *
 * @returns the assets whose job has to be queued.
 */
export async function renewThumbnails(sql: TransactionSql, packageId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    UPDATE assets SET thumbnail_status = 'pending'
    WHERE package_id = ${packageId} AND thumbnail_status = 'ready' AND placeholder IS NULL AND content_hash IS NOT NULL
    RETURNING id`;
  return rows.map(({ id }) => id);
}

export interface KnownAsset {
  readonly id: string;
  readonly relativePath: string;
  readonly missing: boolean;
}

/** Those that nobody deleted. */
export async function knownAssets(sql: Sql | TransactionSql, packageId: string): Promise<KnownAsset[]> {
  return sql<KnownAsset[]>`
    SELECT id, relative_path AS "relativePath", missing_since IS NOT NULL AS missing
    FROM assets
    WHERE package_id = ${packageId} AND deleted_at IS NULL`;
}

/** Marks assets whose files are gone as not on disk, and those that came back as on disk. */
export async function markMissing(
  sql: TransactionSql,
  gone: readonly string[],
  back: readonly string[],
): Promise<void> {
  await sql`UPDATE assets SET missing_since = now() WHERE id = ANY (${[...gone]}::uuid[]) AND missing_since IS NULL`;
  await sql`UPDATE assets SET missing_since = NULL WHERE id = ANY (${[...back]}::uuid[]) AND missing_since IS NOT NULL`;
}
