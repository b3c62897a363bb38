/**
 * Compares the files of some folders with the rows of those folders, and separates unchanged files from doubtful ones.
 * Pure.
 */
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { isCoarse } from '../../scan/file-identity.ts';
import type { KnownAsset } from '../../sql/known-assets.ts';

interface UnchangedFile {
  readonly id: string;
  readonly asset: ScannedAsset;
  /** True when the row must record another mount, change time or similar fact. */
  readonly isRefreshed: boolean;
  /**
   * True when something changed that size and time do not show: permissions, links, or the content with its time
   * restored. A failed step may now succeed, and the content is checked when there is time.
   */
  readonly tryAgain: boolean;
}

export interface Comparison {
  readonly unchanged: readonly UnchangedFile[];
  /** Files at paths with no row, or with the row of another file. */
  readonly places: readonly ScannedAsset[];
  /** Rows whose path one of those files occupies, by that path. */
  readonly displaced: ReadonlyMap<string, KnownAsset>;
  /** Rows whose file is absent. */
  readonly gone: readonly KnownAsset[];
  /** Rows missing since an earlier scan, whose path one of those files occupies. */
  readonly candidates: readonly KnownAsset[];
}

export function compareFiles(found: readonly ScannedAsset[], rows: readonly KnownAsset[]): Comparison {
  const present = new Map(
    rows.filter(({ missingSince }) => missingSince === null).map((row) => [row.relativePath, row]),
  );
  const unchanged: UnchangedFile[] = [];
  const places: ScannedAsset[] = [];
  const displaced = new Map<string, KnownAsset>();
  for (const asset of found) {
    const row = present.get(asset.relativePath);
    present.delete(asset.relativePath);
    if (row !== undefined && isSameFile(row, asset) && !mayBeAnother(row, asset)) {
      const isChanged = row.changedNs !== String(asset.changedNs);
      unchanged.push({
        id: row.id,
        asset,
        isRefreshed: isChanged || differsAside(row, asset),
        tryAgain: isChanged && row.changedNs !== null,
      });
      continue;
    }
    places.push(asset);
    if (row !== undefined) displaced.set(asset.relativePath, row);
  }
  const inDoubt = new Set(places.map(({ relativePath }) => relativePath));
  return {
    unchanged,
    places,
    displaced,
    gone: [...present.values()],
    candidates: rows.filter(({ missingSince, relativePath }) => missingSince !== null && inDoubt.has(relativePath)),
  };
}

/**
 * Returns true when a file changed whose time has only whole seconds: other content may have been written into it, so
 * the content is read before a decision.
 */
function mayBeAnother(row: KnownAsset, asset: ScannedAsset): boolean {
  return (
    asset.frames === null &&
    row.contentHash !== null &&
    row.changedNs !== null &&
    row.changedNs !== String(asset.changedNs) &&
    isCoarse(asset.modifiedNs)
  );
}

/**
 * Returns true when row and file are the same file. A different device is a remount; for a different inode, the change
 * time decides whether that is a remount too.
 */
function isSameFile(row: KnownAsset, asset: ScannedAsset): boolean {
  return (row.inode === String(asset.inode) || row.changedNs === String(asset.changedNs)) && looksAlike(row, asset);
}

/** Returns true when nothing visible from outside differs except name and place. */
export function looksAlike(row: KnownAsset, asset: ScannedAsset): boolean {
  const { sequence } = asset;
  return (
    row.fileType === asset.fileType &&
    row.size === asset.size &&
    row.modifiedNs === String(asset.modifiedNs) &&
    row.firstFrame === (sequence?.first ?? null) &&
    row.lastFrame === (sequence?.last ?? null) &&
    row.missingFrames === (sequence?.missing ?? null)
  );
}

function differsAside(row: KnownAsset, { device, inode, sequence, sidecarOf }: ScannedAsset): boolean {
  return (
    row.device !== String(device) ||
    row.inode !== String(inode) ||
    row.framePadding !== (sequence?.padding ?? null) ||
    row.duplicateFrames !== (sequence?.duplicates ?? null) ||
    row.sidecarOf !== sidecarOf
  );
}
