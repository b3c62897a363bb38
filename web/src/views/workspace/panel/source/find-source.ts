/** Decides which asset a face crop was cut from, and which of its frames. */
import type { FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { serverPath } from '../../../../paths/server-path.ts';
import type { FaceSourceRow, SourceNames } from '../../../../queries/face-source.ts';

export interface FoundSource {
  readonly asset: FaceSourceRow;
  /** Seconds into its video at which the frame is; null: the asset is one picture, or the frame is not recorded. */
  readonly seconds: number | null;
  /** The number of the frame; null: not recorded, or the asset is one picture. */
  readonly frame: number | null;
}

export type SourceAnswer =
  | { readonly is: 'found'; readonly source: FoundSource }
  | { readonly is: 'several'; readonly sources: readonly FaceSourceRow[] }
  | { readonly is: 'absent' };

/** Frames per second of a sequence's proxy when its frames state no rate. */
const SEQUENCE_RATE = 24;

/** @param cropId the crop itself may have the same name as its source. */
export function findSource(
  rows: readonly FaceSourceRow[],
  names: SourceNames,
  face: Pick<FaceDetails, 'carrier' | 'source_filepath'>,
  cropId: string,
): SourceAnswer {
  const others = rows.filter(({ id }) => id !== cropId);
  const files = others.filter(({ name }) => name === names.file);
  const sequences = others.filter((row) => names.sequences.includes(row.name) && hasFrame(row, names.number));
  // Only faceswap names the frames of a clip so, and counts them from 1.
  const clips =
    face.carrier === 'faceswap'
      ? others.filter(({ name, file_type }) => file_type === 'video' && names.clips.includes(name))
      : [];
  const [best = []] = [files, sequences, clips].filter((found) => found.length > 0);
  const exact = best.filter((row) => serverPath(row) === face.source_filepath);
  const [only, ...rest] = exact.length === 1 ? exact : best;
  if (only === undefined) return { is: 'absent' };
  if (rest.length > 0) return { is: 'several', sources: best };
  return { is: 'found', source: { asset: only, ...frameOf(only, names) } };
}

function hasFrame({ file_type, first_frame, last_frame }: FaceSourceRow, number: number | null): boolean {
  if (file_type !== 'sequence' || number === null || first_frame === null || last_frame === null) return false;
  return first_frame <= number && number <= last_frame;
}

function frameOf(row: FaceSourceRow, { file, number }: SourceNames): Pick<FoundSource, 'seconds' | 'frame'> {
  const unknown = { seconds: null, frame: null };
  if (row.name === file || number === null) return unknown;
  const rate = rateOf(row);
  if (row.file_type === 'sequence') {
    // A sequence's proxy has a picture for each number from the first, gaps included.
    const from = number - (row.first_frame ?? 0);
    return { frame: number, seconds: from / (rate ?? SEQUENCE_RATE) };
  }
  // Half a frame into it, so that rounding never shows the one before.
  return rate === null ? { ...unknown, frame: number } : { frame: number, seconds: (number - 0.5) / rate };
}

function rateOf({ frame_rate_numerator, frame_rate_denominator }: FaceSourceRow): number | null {
  if (frame_rate_numerator === null || !frame_rate_denominator) return null;
  return frame_rate_numerator / frame_rate_denominator;
}
