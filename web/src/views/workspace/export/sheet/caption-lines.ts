/** The lines of text below a picture of a contact sheet. */
import type { ExportRow } from '../../../../queries/export-assets.ts';
import { formatDuration, formatFrameRange, formatResolution } from '../../../../ui/format.ts';
import { reviewLabels } from '../../../../ui/review-status.ts';

export const captions = ['name', 'status', 'measure', 'tags', 'package'] as const;
export type Caption = (typeof captions)[number];

export const captionLabels: Readonly<Record<Caption, string>> = {
  name: 'Name',
  status: 'Status',
  measure: 'Pose, duration or frames',
  tags: 'Tags',
  package: 'Package',
};

/** Returns one line for each caption; '' for an asset that has nothing of the kind. */
export function captionLines(row: ExportRow, wanted: readonly Caption[]): string[] {
  return captions.filter((caption) => wanted.includes(caption)).map((caption) => lineOf(row, caption));
}

function lineOf(row: ExportRow, caption: Caption): string {
  switch (caption) {
    case 'name':
      return row.name;
    case 'status':
      return reviewLabels[row.review_status];
    case 'measure':
      return measureOf(row);
    case 'tags':
      return row.tags.join(', ');
    case 'package':
      return row.package;
  }
}

function measureOf(row: ExportRow): string {
  if (row.yaw !== null && row.pitch !== null) return `yaw ${degrees(row.yaw)}, pitch ${degrees(row.pitch)}`;
  if (row.file_type === 'sequence') return formatFrameRange(row.first_frame, row.last_frame) ?? '';
  if (row.duration_seconds !== null) return formatDuration(row.duration_seconds);
  return row.width === null ? '' : formatResolution(row.width, row.height);
}

function degrees(angle: number): string {
  return `${angle > 0 ? '+' : angle < 0 ? '−' : ''}${Math.abs(Math.round(angle))}°`;
}
