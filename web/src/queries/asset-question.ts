/** A list's filter as a question to the mirror. */
import type {
  FacetQuestion,
  Grouping,
  HistogramQuestion,
  MirrorQuestion,
  PoseQuestion,
  Scope,
  Sort,
} from '../replica/model/mirror-questions.ts';
import type { AssetFilter, AssetSort } from './asset-filter.ts';
import { queryCondition } from './query/query-condition.ts';
import type { QueryNames } from './query/query-keys.ts';

/** By the key of the query field. Each ignores the terms of its own key, so that its other values can be added. */
const facets = {
  type: { column: 'file_type', ignores: 'type' },
  asset: { column: 'asset_type', ignores: 'asset' },
  status: { column: 'review_status', ignores: 'status' },
  subject: { column: 'subject_id', ignores: 'subject' },
  package: { column: 'package_id', ignores: 'package' },
  camera: { column: 'camera', ignores: 'camera' },
  tag: { column: 'tag', ignores: 'tag' },
  picked: { column: 'picked_up', ignores: 'picked' },
  missing: { column: 'missing', ignores: 'missing' },
  problem: { column: 'problem', ignores: 'problem' },
  gap: { column: 'gaps', ignores: 'gap' },
  sidecar: { column: 'sidecar', ignores: 'sidecar' },
} as const satisfies Record<string, FacetQuestion>;
export type FacetName = keyof typeof facets;

/** By the key of the query field, too. Null bounds are those of the scope's own numbers. */
const histograms = {
  yaw: { column: 'yaw', from: -90, to: 90, bins: 18, ignores: 'yaw' },
  pitch: { column: 'pitch', from: -90, to: 90, bins: 18, ignores: 'pitch' },
  sharp: { column: 'sharpness', from: 0, to: null, bins: 18, logarithmic: true, ignores: 'sharp' },
  dur: { column: 'duration_seconds', from: 0, to: null, bins: 18, logarithmic: true, ignores: 'dur' },
  size: { column: 'size_bytes', from: null, to: null, bins: 18, logarithmic: true, ignores: 'size' },
  date: { column: 'modified_at', from: null, to: null, bins: 18, ignores: 'date' },
} as const satisfies Record<string, HistogramQuestion>;
export type HistogramName = keyof typeof histograms;

const sortColumns: Readonly<Record<AssetSort, Sort['by']>> = {
  name: 'name',
  date: 'modified_at',
  size: 'size_bytes',
  duration: 'duration_seconds',
  pose: 'pose',
  sharpness: 'sharpness',
  status: 'review_status',
};

export interface QuestionOptions {
  /** The names that the filter's query may use. */
  readonly names: QueryNames;
  /** The pose matrix, if it is shown. */
  readonly pose?: Omit<PoseQuestion, 'ignores'> | null;
  /** The value that divides the list into sections; null: one run of assets. */
  readonly group?: Grouping | null;
  /** Whether the histograms are shown. */
  readonly withHistograms?: boolean;
}

export function assetQuestion(
  scope: Scope,
  { text, sort, descending }: AssetFilter,
  { names, pose = null, group = null, withHistograms = false }: QuestionOptions,
): MirrorQuestion {
  return {
    scope,
    where: queryCondition(text, names).where,
    sort: { by: sortColumns[sort], descending },
    group,
    facets,
    histograms: withHistograms ? histograms : {},
    pose: pose && { ...pose, ignores: 'pose' },
  };
}
