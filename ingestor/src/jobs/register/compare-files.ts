/** Files of some folders beside the rows of those folders: what is as it was, and what is in doubt. Pure. */
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { isCoarse } from '../../scan/file-identity.ts';
import type { KnownAsset } from '../../sql/known-assets.ts';

interface UnchangedFile {
  readonly id: string;
  readonly asset: ScannedAsset;
  /** Whether the row is to learn of another mount, time of change or the like. */
  readonly isRefreshed: boolean;
  /**
   * Something of the file has changed that its size and time do not show: its permission, its names, or its content
   * with the time put back. What failed may succeed now, and its content is looked at when there is time.
   */
  readonly tryAgain: boolean;
}

export interface Comparison {
  readonly unchanged: readonly UnchangedFile[];
  /** Files where no row, or a row of another file, is. */
  readonly places: readonly ScannedAsset[];
  /** The rows whose path one of those files has, by that path. */
  readonly displaced: ReadonlyMap<string, KnownAsset>;
  /** Rows of files that are not there. */
  readonly gone: readonly KnownAsset[];
  /** Rows that are missing since an earlier scan and whose path one of those files has. */
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
 * Something has changed of a file whose time is that of many: another content may have been written into it. Its own is
 * looked at before anything is said of it.
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

/** Another device is another mount; of other inodes the time of change says whether they are a mount's doing too. */
function isSameFile(row: KnownAsset, asset: ScannedAsset): boolean {
  return (row.inode === String(asset.inode) || row.changedNs === String(asset.changedNs)) && looksAlike(row, asset);
}

/** Whether nothing differs that a look from outside shows, but name and place. */
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

function differsAside(row: KnownAsset, { device, inode, sequence }: ScannedAsset): boolean {
  return (
    row.device !== String(device) ||
    row.inode !== String(inode) ||
    row.framePadding !== (sequence?.padding ?? null) ||
    row.duplicateFrames !== (sequence?.duplicates ?? null)
  );
}
