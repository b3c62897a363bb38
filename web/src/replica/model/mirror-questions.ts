/**
 * The questions that lists ask of the mirror, and its answers. Both are plain data, as they travel between the page and
 * the replica's worker.
 */

/** The assets that a list is about. Deleted assets belong to no scope. */
export type Scope =
  | { readonly kind: 'package' | 'project' | 'subject'; readonly id: string }
  | { readonly kind: 'library' };

/** Columns with one of a few values for each asset. */
export const valueColumns = [
  'package_id',
  'folder',
  'file_type',
  'asset_type',
  'subject_id',
  'camera',
  'review_status',
] as const;
export type ValueColumn = (typeof valueColumns)[number];

/** Columns with a number; `modified_at` in milliseconds since 1970. */
export const numberColumns = [
  'size_bytes',
  'modified_at',
  'duration_seconds',
  'first_frame',
  'last_frame',
  'yaw',
  'pitch',
  'roll',
  'sharpness',
] as const;
export type NumberColumn = (typeof numberColumns)[number];

/** Facts that hold for an asset or do not. `missing`: not on disk. `gaps`: a sequence without some of its frames. */
export const flags = ['picked_up', 'missing', 'problem', 'sidecar', 'gaps'] as const;
export type Flag = (typeof flags)[number];

/** Columns of `assets` of which a change matters to the mirror. */
export const mirroredColumns: readonly string[] = [
  ...valueColumns,
  ...numberColumns,
  ...['name', 'picked_up_at', 'missing_since', 'problem', 'sidecar_of', 'missing_frames', 'deleted_at'],
];

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** The column has one of the values; null: unknown. A folder is its package's id, a slash, and its path. */
  | { readonly kind: 'value'; readonly column: ValueColumn; readonly values: readonly (string | null)[] }
  /** The number is known and lies within the bounds; null: no bound on that side. */
  | {
      readonly kind: 'range';
      readonly column: NumberColumn;
      readonly from: number | null;
      readonly to: number | null;
      /** Whether `to` itself lies outside. Default: inside. */
      readonly below?: boolean;
    }
  | { readonly kind: 'known'; readonly column: NumberColumn }
  | { readonly kind: 'flag'; readonly flag: Flag }
  | { readonly kind: 'tag'; readonly tag: string }
  /**
   * Each word is in the name or the folder's path, or in the name alone; see `fold-text.ts` for the characters that
   * count as equal.
   */
  | { readonly kind: 'text'; readonly text: string; readonly in?: 'name' }
  /** The whole name, in which `*` stands for any characters. */
  | { readonly kind: 'name'; readonly pattern: string };

export interface Sort {
  /** A number column puts unknown numbers last, by name. `pose`: yaw, then pitch. `review_status`: as the buttons. */
  readonly by: 'name' | 'pose' | 'review_status' | NumberColumn;
  readonly descending: boolean;
}

export interface Grouping {
  /** `day`: the date of `modified_at` in this device's time zone. */
  readonly by: ValueColumn | 'day';
  /** The values in the order of their sections; others follow, sorted, and unknown ones come last. */
  readonly order?: readonly (string | null)[];
}

/** Counts of each value, or of each tag. */
export interface FacetQuestion {
  readonly column: ValueColumn | Flag | 'tag';
  /** The name of the condition that it ignores, so that its other values keep their counts. */
  readonly ignores?: string;
}

/** Counts in bins of equal width, on a linear or a logarithmic scale. Numbers outside count in the outer bins. */
export interface HistogramQuestion {
  readonly column: NumberColumn;
  /** Null: the smallest number in the scope. */
  readonly from: number | null;
  /** Null: the largest number in the scope. */
  readonly to: number | null;
  /** At most 250. */
  readonly bins: number;
  /** Bins of equal width in log2(1 + value). */
  readonly logarithmic?: boolean;
  readonly ignores?: string;
}

/** Widths of the pose matrix's bins. */
export type PoseDegrees = 10 | 5 | 2.5;

/** Counts by yaw and pitch, in square bins over -180 to 180 by -90 to 90 degrees. */
export interface PoseQuestion {
  readonly degrees: PoseDegrees;
  readonly ignores?: string;
  /** Whether each bin's median sharpness is wanted too. */
  readonly sharpness?: boolean;
  /** Whether each bin's sharpest asset is wanted too. */
  readonly sharpest?: boolean;
}

/** The bins of the pose matrix, row by row from the lowest pitch, each from the lowest yaw. */
export interface PoseBins<Asset> {
  readonly counts: Uint32Array;
  /** Approved assets among the counted ones. */
  readonly approved: Uint32Array;
  /** The median of the known values, the lower of two; NaN: none is known. Null: not asked. */
  readonly sharpness: Float32Array | null;
  /** The asset of the highest known sharpness, one that is approved before others. Null: not asked. */
  readonly sharpest: readonly (Asset | null)[] | null;
}

export interface MirrorQuestion {
  readonly scope: Scope;
  /** Whether there is only an answer, instead of null, when the scope's assets need not be read from SQL first. */
  readonly atHand?: boolean;
  /** Conditions by name; listed assets meet all of them. */
  readonly where: Readonly<Record<string, Condition>>;
  readonly sort: Sort;
  /** Whether the order and its sections are wanted, beside the counts. Default: true. */
  readonly listed?: boolean;
  readonly group?: Grouping | null;
  readonly facets?: Readonly<Record<string, FacetQuestion>>;
  readonly histograms?: Readonly<Record<string, HistogramQuestion>>;
  readonly pose?: PoseQuestion | null;
}

/** A run of assets in the order with one value of the grouping. */
export interface Section {
  /** Null: unknown. A day is `2026-11-30`. */
  readonly value: string | null;
  readonly start: number;
  readonly count: number;
  /** Null without a grouping. */
  readonly totals: SectionTotals | null;
}

/** Sums over the assets of a section. */
export interface SectionTotals {
  readonly approved: number;
  readonly rejected: number;
  readonly flagged: number;
  readonly sizeBytes: number;
  /** Null when no asset has a duration, or that of a video or a sound is unknown. */
  readonly durationSeconds: number | null;
}

export interface ValueCount {
  readonly value: string | null;
  readonly count: number;
}

export interface Histogram {
  /** One count for each bin. */
  readonly counts: Uint32Array;
  /** The smallest and the largest number in the scope, whatever the conditions; null: no number is known. */
  readonly extent: readonly [number, number] | null;
  /** Assets that match but whose number is unknown. */
  readonly unknown: number;
}

export interface MirrorAnswer {
  /** Rises with each change of the scope's assets; a lower one is out of date. */
  readonly version: number;
  /** The matching assets as row numbers, in order; empty when it is not wanted. */
  readonly order: Uint32Array;
  /** In the order; one for all without a grouping. */
  readonly sections: readonly Section[];
  /** By the questions' names: every value that an asset of the scope has, with 0 where the conditions leave none. */
  readonly facets: Readonly<Record<string, readonly ValueCount[]>>;
  readonly histograms: Readonly<Record<string, Histogram>>;
  /** Null: not asked. */
  readonly pose: PoseBins<number> | null;
}

/** The rows of a scope whose ids an asker knows, which are the first ones. */
export interface KnownRows {
  readonly generation: string;
  readonly rows: number;
}

/** An answer, and the ids of those rows that the asker does not know. */
export interface MirrorReply {
  readonly answer: MirrorAnswer;
  /** Row numbers of different generations have nothing to do with each other. */
  readonly generation: string;
  /** The first row in `ids`. */
  readonly from: number;
  /** 16 bytes for each row. */
  readonly ids: Uint8Array;
}

/** The matching assets' ids in order. */
export interface AssetIdOrder {
  readonly length: number;
  at(index: number): string | undefined;
  /** Returns -1 for an id that is not in the order. */
  indexOf(id: string): number;
  /** Returns the ids from `start` to before `end`; both may lie outside the order. */
  slice(start: number, end: number): string[];
  /** Returns true when both have the same ids in the same order. */
  equals(other: AssetIdOrder): boolean;
}

/** A {@link MirrorAnswer} with ids instead of row numbers. */
export interface MirroredList extends Omit<MirrorAnswer, 'order' | 'pose'> {
  readonly order: AssetIdOrder;
  readonly pose: PoseBins<string> | null;
}
