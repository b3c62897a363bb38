/** Describes how much of something has been reviewed. */

export interface ReviewCounts {
  readonly asset_count: number;
  readonly approved_count: number;
  readonly rejected_count: number;
  readonly flagged_count: number;
}

export interface ReviewShare {
  /** Whole percent of all assets. */
  readonly approved: number;
  readonly rejected: number;
  readonly flagged: number;
  /** All that a person has looked at. It is 100 only when nothing is left, and 0 only when nothing was done. */
  readonly reviewed: number;
}

/** @returns null when there is nothing to review. */
export function reviewShare(counts: ReviewCounts): ReviewShare | null {
  const { asset_count: all, approved_count, rejected_count, flagged_count } = counts;
  if (all === 0) return null;
  const percent = (count: number) => (count === 0 ? 0 : Math.max(1, Math.floor((100 * count) / all)));
  return {
    approved: percent(approved_count),
    rejected: percent(rejected_count),
    flagged: percent(flagged_count),
    reviewed: percent(approved_count + rejected_count + flagged_count),
  };
}
