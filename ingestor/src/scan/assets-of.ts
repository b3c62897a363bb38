/** A folder's files as the assets they would become. Pure. */
import type { FileType } from '@ingesthub/schema/vocabulary.ts';
import type { FileIdentity, ScannedFile } from './file-identity.ts';
import { fileTypeOf } from './file-types.ts';
import { groupSequences, type Sequence } from './sequences.ts';

export interface ScannedAsset extends FileIdentity {
  /** Within the package's folder; frames of a sequence as #s. */
  readonly relativePath: string;
  readonly fileType: FileType;
  readonly sequence: ScannedSequence | null;
}

export interface ScannedSequence {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly padding: number;
  /** Frame list notation; null: none. */
  readonly missing: string | null;
  readonly duplicates: string | null;
}

/** In path order. Sequences never cross folders. */
export function assetsOf({ files }: { readonly files: Iterable<ScannedFile> }): ScannedAsset[] {
  const { sequences, singles } = groupSequences(files);
  return [
    ...singles.map((file) => ({ ...file, fileType: fileTypeOf(file.relativePath), sequence: null })),
    ...sequences.map(sequenceAsset),
  ].sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
}

function sequenceAsset({
  files,
  relativePath,
  first,
  last,
  padding,
  missing,
  duplicates,
}: Sequence<ScannedFile>): ScannedAsset {
  const [{ device, inode }] = files as [ScannedFile];
  let size = 0;
  let modified = Number.NEGATIVE_INFINITY;
  for (const frame of files) {
    size += frame.size;
    modified = Math.max(modified, frame.modifiedAt.getTime());
  }
  return {
    relativePath,
    fileType: 'sequence',
    size,
    modifiedAt: new Date(modified),
    device,
    inode,
    modifiedNs: modifiedNsOfFrames(files),
    sequence: { first, last, count: files.length, padding, missing, duplicates },
  };
}

/** Of all frames together, so that one written again with an older time shows too. */
export function modifiedNsOfFrames(frames: readonly { readonly modifiedNs: bigint }[]): bigint {
  return frames.reduce((sum, frame) => BigInt.asIntN(64, sum * 31n + frame.modifiedNs), 0n);
}
