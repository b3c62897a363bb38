/** Reads the files that rows record, to compare them with the disk. */
import { existingFrames, parseFrameList } from '../scan/names/frame-list.ts';
import { framePath } from '../scan/names/sequences.ts';
import type { Sql, TransactionSql } from './client.ts';
import { type FileOfRow, fileOfRow } from './file-columns.ts';

export interface KnownAsset extends FileOfRow {
  /** A 64-bit number as text, like the next two. Null when unknown. */
  readonly changedNs: string | null;
  readonly device: string | null;
  readonly inode: string | null;
  readonly duplicateFrames: string | null;
  readonly sidecarOf: string | null;
  readonly contentHash: string | null;
  /** When its file was first missed; null when it is on disk. */
  readonly missingSince: Date | null;
  /** Deleted by a person; its file may still exist. */
  readonly deleted: boolean;
}

function knownColumns(sql: Sql | TransactionSql) {
  return sql`
    ${fileOfRow(sql)},
    assets.changed_ns::text AS "changedNs",
    assets.device::text AS device,
    assets.inode::text AS inode,
    assets.duplicate_frames AS "duplicateFrames",
    assets.sidecar_of AS "sidecarOf",
    assets.content_hash AS "contentHash",
    assets.missing_since AS "missingSince",
    assets.deleted_at IS NOT NULL AS deleted`;
}

/** Returns the assets of some folders of a package, including missing and deleted ones. */
export async function assetsOfFolders(
  sql: Sql | TransactionSql,
  packageId: string,
  folders: readonly number[],
): Promise<KnownAsset[]> {
  if (folders.length === 0) return [];
  return sql<KnownAsset[]>`
    SELECT ${knownColumns(sql)}
    FROM assets JOIN packages ON packages.id = assets.package_id
    WHERE assets.package_id = ${packageId} AND assets.folder = ANY (${[...folders]}::integer[])`;
}

/** Returns the assets of a project whose file, or first frame, has one of these inodes. */
export async function assetsOfInodes(sql: Sql, projectId: string, inodes: readonly bigint[]): Promise<KnownAsset[]> {
  if (inodes.length === 0) return [];
  return sql<KnownAsset[]>`
    SELECT ${knownColumns(sql)}
    FROM assets JOIN packages ON packages.id = assets.package_id
    WHERE assets.inode = ANY (${inodes.map(String)}::bigint[]) AND assets.project_id = ${projectId}
      AND packages.deleted_at IS NULL`;
}

/** Returns the single-file assets of a project with one of these content hashes. */
export async function assetsOfContents(sql: Sql, projectId: string, hashes: readonly string[]): Promise<KnownAsset[]> {
  if (hashes.length === 0) return [];
  return sql<KnownAsset[]>`
    SELECT ${knownColumns(sql)}
    FROM assets JOIN packages ON packages.id = assets.package_id
    WHERE assets.content_hash = ANY (${[...hashes]}::text[]) AND assets.project_id = ${projectId}
      AND assets.first_frame IS NULL AND packages.deleted_at IS NULL`;
}

/**
 * Returns the assets of a package that are not on disk and have one of these sizes: one of them may be back under
 * another name.
 */
export async function missingOfSizes(sql: Sql, packageId: string, sizes: readonly number[]): Promise<KnownAsset[]> {
  if (sizes.length === 0) return [];
  return sql<KnownAsset[]>`
    SELECT ${knownColumns(sql)}
    FROM assets JOIN packages ON packages.id = assets.package_id
    WHERE assets.package_id = ${packageId} AND assets.missing_since IS NOT NULL AND assets.content_hash IS NOT NULL
      AND assets.size_bytes = ANY (${sizes.map(String)}::bigint[])`;
}

/** Returns the file keys of sequences' frames; sequences without recorded frames are omitted. */
export async function keysOfSequences(sql: Sql, ids: readonly string[]): Promise<Map<string, bigint[]>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; keys: string }[]>`
    SELECT asset_id AS id, array_to_string(keys, ' ') AS keys FROM asset_frames WHERE asset_id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, keys }) => [id, keys === '' ? [] : keys.split(' ').map(BigInt)]));
}

/** Sequences with more frames are compared only by their files, not by names. */
const MAX_NAMED_FRAMES = 100_000;

/** Returns the paths of a row's files within its package. */
export function filePathsOfKnown(row: KnownAsset): string[] {
  const { relativePath, firstFrame, lastFrame, framePadding, missingFrames } = row;
  if (firstFrame === null || lastFrame === null || framePadding === null) return [relativePath];
  if (countFrames(firstFrame, lastFrame, missingFrames) > MAX_NAMED_FRAMES) return [];
  return existingFrames(firstFrame, lastFrame, missingFrames).map((frame) =>
    framePath(relativePath, framePadding, frame),
  );
}

function countFrames(first: number, last: number, missing: string | null): number {
  const gaps = missing === null ? [] : parseFrameList(missing);
  return gaps.reduce((count, [from, to]) => count - (to - from + 1), last - first + 1);
}
