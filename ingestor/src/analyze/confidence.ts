/** How sure a proposal is, 0 to 1. Measured against nothing yet: it orders proposals, and below 0.8 one should look. */
import type { LayoutFile, Placement } from './layout.ts';
import { SHARED_SUBJECT } from './layout.ts';

/** What a reading of names is worth where it names everybody. */
const BY_MODEL = 0.95;
const BY_RULES = 0.8;

/**
 * Of an ATMAN layout: lower by half where nobody is named at all.
 *
 * @param byModel the share of files that a model placed.
 */
export function atmanConfidence(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  byModel: number,
): number {
  const media = files.flatMap(({ fileType }, index) => (fileType === 'other' ? [] : [placements[index]]));
  const named = media.filter((placement) => placement?.subject !== SHARED_SUBJECT).length;
  const share = media.length === 0 ? 0 : named / media.length;
  return (BY_MODEL * byModel + BY_RULES * (1 - byModel)) * (0.5 + 0.5 * share);
}
