/** The short facts that a tile shows: one measure in its caption, and what its badges say. */
import type { AssetSort } from '../../../queries/asset-filter.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { formatBytes, formatCountOf, formatDuration, formatMissingFrames } from '../../../ui/format.ts';
import { reviewLabels } from '../../../ui/review-status.ts';
import type { ShownTile } from '../changes/create-tile-overlay.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

type MeasuredFacts = Pick<ShownTile, 'size_bytes' | 'modified_at' | 'duration_seconds' | 'yaw' | 'pitch' | 'sharpness'>;

/** Returns the fact by which the list is sorted; by name, the pose of a face or else the size. */
export function tileMeasure(sort: AssetSort, asset: MeasuredFacts): string {
  switch (sort) {
    case 'date':
      return day.format(asset.modified_at);
    case 'size':
      return formatBytes(asset.size_bytes);
    case 'duration':
      return formatDuration(asset.duration_seconds);
    case 'pose':
      return formatPose(asset.yaw, asset.pitch);
    case 'sharpness':
      return formatSharpness(asset.sharpness);
    default:
      return asset.yaw === null ? formatBytes(asset.size_bytes) : formatPose(asset.yaw, asset.pitch);
  }
}

/** @example formatPose(-29.4, 12) // '−29° +12°' */
export function formatPose(yaw: number | null, pitch: number | null): string {
  return yaw === null || pitch === null ? '–' : `${formatAngle(yaw)} ${formatAngle(pitch)}`;
}

export function formatSharpness(sharpness: number | null): string {
  return sharpness === null ? '–' : String(Math.round(sharpness));
}

export function formatAngle(degrees: number | null): string {
  if (degrees === null) return '–';
  const whole = Math.round(degrees);
  return `${whole < 0 ? '−' : whole > 0 ? '+' : ''}${Math.abs(whole)}°`;
}

type FrameFacts = Pick<ShownTile, 'file_type' | 'first_frame' | 'last_frame' | 'missing_frames'>;

/** @returns '1001–1096' with the number of gaps in it; null for what has no frames or parts. */
export function frameRange({ file_type, first_frame, last_frame, missing_frames }: FrameFacts): string | null {
  if (file_type !== 'sequence') return missing_frames === null ? null : `Part ${missing_frames} missing`;
  if (first_frame === null || last_frame === null) return null;
  const range = first_frame === last_frame ? `${first_frame}` : `${first_frame}–${last_frame}`;
  return missing_frames === null ? range : `${range}, ${formatCountOf(missing_frames.split(',').length, 'gap')}`;
}

type StateFacts = FrameFacts &
  Pick<ShownTile, 'package_name' | 'tags' | 'review_status' | 'picked_up_at' | 'missing_since' | 'problem' | 'leaving'>;

/** Returns what a screen reader says after the name: the states that are drawn, and the tags. */
export function spokenFacts(asset: StateFacts, unsent = false): string {
  const states = [
    asset.package_name,
    asset.review_status === 'unreviewed' ? null : reviewLabels[asset.review_status],
    asset.picked_up_at && 'In work',
    asset.missing_since && 'Not on disk',
    asset.problem && 'Damaged',
    asset.leaving && 'Deleting',
    unsent && 'Not sent yet',
    ...asset.tags,
  ];
  return states.filter(Boolean).join(', ');
}

export function tileTooltip(asset: StateFacts & Pick<ShownTile, 'relative_path'>): string {
  const lines = [
    asset.relative_path,
    asset.package_name === null ? null : `Package: ${asset.package_name}`,
    fileTypeNames[asset.file_type],
    asset.missing_frames && missingParts(asset),
    asset.tags.length > 0 && `Tags: ${asset.tags.join(', ')}`,
    asset.picked_up_at && 'Picked up',
    asset.missing_since && 'Not on disk',
    asset.problem,
  ];
  return lines.filter(Boolean).join('\n');
}

function missingParts({ file_type, missing_frames }: FrameFacts): string {
  const list = missing_frames ?? '';
  return file_type === 'sequence' ? `Missing: ${list} (${formatMissingFrames(list)})` : `Missing parts: ${list}`;
}
