/** Groups a folder's files into prospective assets. Pure. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { fileKey, type ScannedFile } from './file-identity.ts';
import { fileTypeOf } from './names/file-types.ts';
import { groupFiles } from './names/group-files.ts';
import type { Sequence } from './names/sequences.ts';
import { sidecarsAmong } from './names/sidecars.ts';

/**
 * Its path is relative to the package's folder, with #s for the frame numbers of a sequence. A recording in several
 * files is one asset too: its parts count as the frames of a sequence, although it is a video.
 */
export interface ScannedAsset extends ScannedFile {
  readonly fileType: FileType;
  readonly sequence: ScannedSequence | null;
  /** The frames of a sequence or the parts of a recording, in their order; null: a single file. */
  readonly frames: readonly ScannedFile[] | null;
  /** The clip or card of a camera that the file tells about; null: it is a file of its own. */
  readonly sidecarOf: string | null;
}

interface ScannedSequence {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly padding: number;
  /** In frame list notation; null: none. */
  readonly missing: string | null;
  readonly duplicates: string | null;
}

/** Returns the assets in path order. A sequence never spans folders. @param files of whole folders. */
export function assetsOf({ files }: { readonly files: readonly ScannedFile[] }): ScannedAsset[] {
  const { sequences, clips, singles } = groupFiles(files);
  const sidecars = sidecarsAmong(files);
  return [
    ...singles.map((file) => ({
      ...file,
      fileType: file.isProgram ? ('other' as const) : fileTypeOf(file.relativePath),
      sequence: null,
      frames: null,
      sidecarOf: sidecars.get(file.relativePath) ?? null,
    })),
    ...sequences.map((sequence) => sequenceAsset(sequence, 'sequence')),
    ...clips.map((clip) => sequenceAsset(clip, 'video')),
  ].sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
}

function sequenceAsset(
  { files, relativePath, first, last, padding, missing, duplicates }: Sequence<ScannedFile>,
  fileType: FileType,
): ScannedAsset {
  const [{ device, inode }] = files as [ScannedFile];
  let size = 0;
  let modified = Number.NEGATIVE_INFINITY;
  for (const frame of files) {
    size += frame.size;
    modified = Math.max(modified, frame.modifiedAt.getTime());
  }
  return {
    relativePath,
    fileType,
    size,
    modifiedAt: new Date(modified),
    device,
    inode,
    modifiedNs: nsOfFrames(files.map(({ modifiedNs }) => modifiedNs)),
    changedNs: latestOf(files.map(({ changedNs }) => changedNs)),
    bornNs: null,
    sequence: { first, last, count: files.length, padding, missing, duplicates },
    frames: files,
    sidecarOf: null,
  };
}

/** Returns the time of the last change of any frame: no frame was created after it. */
function latestOf(times: readonly bigint[]): bigint {
  return times.toSorted((a, b) => Number(a > b) - Number(a < b)).at(-1) ?? 0n;
}

/** Combines the times of all frames into one number, so that a frame rewritten with an older time is noticed too. */
export function nsOfFrames(times: readonly bigint[]): bigint {
  return times.reduce((sum, time) => BigInt.asIntN(64, sum * 31n + time), 0n);
}

/** Returns the numbers of an asset's files ({@link fileKey}): one for each frame. */
export function keysOf(asset: ScannedAsset): bigint[] {
  return (asset.frames ?? [asset]).map(fileKey);
}
