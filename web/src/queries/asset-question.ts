/** A list's filter as a question to the mirror. */
import type {
  Condition,
  FacetQuestion,
  Grouping,
  MirrorQuestion,
  NumberColumn,
  PoseQuestion,
  Scope,
  Sort,
} from '../replica/model/mirror-questions.ts';
import type { AssetFilter, AssetSort, Range } from './asset-filter.ts';
import { queryCondition } from './query/query-condition.ts';
import type { QueryNames } from './query/query-keys.ts';

/** Which facet ignores which part of the filter: its own, so that its other values can be added. */
const facets = {
  fileTypes: { column: 'file_type', ignores: 'fileTypes' },
  assetTypes: { column: 'asset_type', ignores: 'assetTypes' },
  reviewStatuses: { column: 'review_status', ignores: 'reviewStatuses' },
  subjects: { column: 'subject_id', ignores: 'subjects' },
  cameras: { column: 'camera', ignores: 'cameras' },
  pickedUp: { column: 'picked_up', ignores: 'pickedUp' },
  problem: { column: 'problem', ignores: 'problem' },
  sidecars: { column: 'sidecar', ignores: 'sidecars' },
  // An asset must have all tags of the filter, so each count is the number of assets left by adding the tag.
  tags: { column: 'tag' },
} as const satisfies Record<string, FacetQuestion>;
export type FacetName = keyof typeof facets;

const sortColumns: Readonly<Record<AssetSort, Sort['by']>> = {
  name: 'name',
  date: 'modified_at',
  size: 'size_bytes',
  duration: 'duration_seconds',
  pose: 'pose',
  status: 'review_status',
};

export interface QuestionOptions {
  /** The names that the filter's query may use. */
  readonly names: QueryNames;
  /** The pose matrix, if it is shown. */
  readonly pose?: Omit<PoseQuestion, 'ignores'> | null;
  /** The value that divides the list into sections; null: one run of assets. */
  readonly group?: Grouping | null;
}

export function assetQuestion(
  scope: Scope,
  filter: AssetFilter,
  { names, pose = null, group = null }: QuestionOptions,
): MirrorQuestion {
  const query = queryCondition(filter.text, names);
  const where = {
    fileTypes: oneOf('file_type', filter.fileTypes),
    assetTypes: oneOf('asset_type', filter.assetTypes),
    reviewStatuses: oneOf('review_status', filter.reviewStatuses),
    subjects: oneOf('subject_id', filter.subjects),
    cameras: oneOf('camera', filter.cameras),
    pickedUp: isOrNot('picked_up', filter.pickedUp),
    problem: isOrNot('problem', filter.problem || null),
    sidecars: isOrNot('sidecar', filter.sidecars ? null : false),
    tags: filter.tags.length === 0 ? null : all(filter.tags.map((tag) => ({ kind: 'tag', tag }))),
    sizeBytes: within('size_bytes', filter.sizeBytes),
    durationSeconds: within('duration_seconds', filter.durationSeconds),
    pose: filter.pose && all([inBox('yaw', filter.pose.yaw), inBox('pitch', filter.pose.pitch)]),
    text: query.condition,
    poses: query.poses,
  } satisfies Partial<Record<keyof AssetFilter | 'poses', Condition | null>>;
  return {
    scope,
    where: Object.fromEntries(Object.entries(where).filter((entry): entry is [string, Condition] => entry[1] !== null)),
    sort: { by: sortColumns[filter.sort], descending: filter.descending },
    group,
    facets,
    pose: pose && { ...pose, ignores: 'poses' },
  };
}

function all(of: readonly Condition[]): Condition {
  return { kind: 'all', of };
}

function oneOf(
  column: 'file_type' | 'asset_type' | 'review_status' | 'subject_id' | 'camera',
  values: readonly (string | null)[],
): Condition | null {
  return values.length === 0 ? null : { kind: 'value', column, values };
}

/** @param wanted null: either. */
function isOrNot(flag: 'picked_up' | 'problem' | 'sidecar', wanted: boolean | null): Condition | null {
  if (wanted === null) return null;
  const condition: Condition = { kind: 'flag', flag };
  return wanted ? condition : { kind: 'not', of: condition };
}

function within(column: NumberColumn, range: Range | null): Condition | null {
  return range && { kind: 'range', column, from: range.from, to: range.to };
}

/** Includes the lower bound and not the upper, like the bins of the pose matrix. */
function inBox(column: 'yaw' | 'pitch', [from, to]: readonly [number, number]): Condition {
  return { kind: 'range', column, from, to, below: true };
}
