/** The columns of the list view: all facts of an asset's row. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { AssetSort } from '../../../queries/asset-filter.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { formatBytes, formatDateTime, formatDuration, formatResolution } from '../../../ui/format.ts';
import { reviewLabels } from '../../../ui/review-status.ts';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import { formatAngle, formatSharpness, frameRange } from './tile-facts.ts';

export interface ListColumn {
  readonly label: string;
  /** A track of a CSS grid. */
  readonly width: string;
  /** The sort by this column, where there is one. */
  readonly sort?: AssetSort;
  /** Whether it holds figures, which are aligned at their end. */
  readonly figures?: boolean;
  /** The file types that have the fact; absent: all. */
  readonly of?: readonly FileType[];
  /** Whether only faces have the fact. */
  readonly faces?: boolean;
  text(asset: ShownTile, names: ListNames): string;
}

export interface ListNames {
  subjectName(id: string): string | null;
}

const UNKNOWN = '–';
const lasting = ['video', 'audio', 'sequence'] as const;
const seen = ['video', 'image', 'sequence'] as const;

const columns: readonly ListColumn[] = [
  { label: 'Name', width: 'minmax(200px, 2fr)', sort: 'name', text: ({ name }) => name },
  { label: 'Status', width: '104px', sort: 'status', text: ({ review_status }) => reviewLabels[review_status] },
  { label: 'State', width: '112px', text: stateOf },
  { label: 'Size', width: '76px', sort: 'size', figures: true, text: ({ size_bytes }) => formatBytes(size_bytes) },
  {
    label: 'Duration',
    width: '84px',
    sort: 'duration',
    figures: true,
    of: lasting,
    text: ({ duration_seconds }) => formatDuration(duration_seconds),
  },
  { label: 'Frames', width: '150px', figures: true, of: ['sequence'], text: (asset) => frameRange(asset) ?? UNKNOWN },
  { label: 'Yaw', width: '58px', sort: 'pose', figures: true, faces: true, text: ({ yaw }) => formatAngle(yaw) },
  { label: 'Pitch', width: '58px', figures: true, faces: true, text: ({ pitch }) => formatAngle(pitch) },
  { label: 'Roll', width: '58px', figures: true, faces: true, text: ({ roll }) => formatAngle(roll) },
  {
    label: 'Sharpness',
    width: '90px',
    sort: 'sharpness',
    figures: true,
    faces: true,
    text: ({ sharpness }) => formatSharpness(sharpness),
  },
  {
    label: 'Resolution',
    width: '104px',
    figures: true,
    of: seen,
    text: ({ width, height }) => formatResolution(width, height),
  },
  { label: 'Asset type', width: '90px', text: ({ asset_type }) => ASSET_TYPE_LABELS[asset_type] },
  { label: 'File type', width: '84px', text: ({ file_type }) => fileTypeNames[file_type] },
  {
    label: 'Subject',
    width: 'minmax(100px, 1fr)',
    text: ({ subject_id }, names) => (subject_id === null ? UNKNOWN : (names.subjectName(subject_id) ?? UNKNOWN)),
  },
  { label: 'Camera', width: '84px', text: ({ camera }) => camera ?? UNKNOWN },
  { label: 'Tags', width: 'minmax(120px, 1fr)', text: ({ tags }) => tags.join(', ') },
  { label: 'Modified', width: '140px', sort: 'date', text: ({ modified_at }) => formatDateTime(modified_at) },
  { label: 'Folder', width: 'minmax(160px, 1fr)', text: folderOf },
];

/** Returns the columns of which an asset of these types may know the fact. */
export function listColumns(fileTypes: ReadonlySet<string>, hasFaces: boolean): readonly ListColumn[] {
  return columns.filter(
    ({ of, faces }) => (of?.some((type) => fileTypes.has(type)) ?? true) && (faces !== true || hasFaces),
  );
}

function stateOf({ missing_since, problem, picked_up_at }: ShownTile): string {
  if (missing_since !== null) return 'Not on disk';
  if (problem !== null) return 'Damaged';
  return picked_up_at === null ? '' : 'In work';
}

function folderOf({ relative_path, name, package_name }: ShownTile): string {
  const path = relative_path.slice(0, Math.max(0, relative_path.length - name.length - 1));
  return [package_name, path].filter(Boolean).join(' / ');
}
