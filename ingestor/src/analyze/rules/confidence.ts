/** Confidence of a proposal, 0 to 1. Not calibrated: it ranks proposals, and one below 0.8 deserves a review. */
import type { LayoutFile, Placement } from './layout.ts';
import { SHARED_SUBJECT } from './layout.ts';

/** Confidence when the names identify a person for every file. */
const BY_MODEL = 0.95;
const BY_RULES = 0.8;

/**
 * Returns the confidence of an ATMAN layout, which is halved when no file has a person, and lowered by each file that the
 * model and the rules read differently.
 *
 * @param byModel the share of files that a model placed. @param disputed the share of files that it read differently.
 */
export function atmanConfidence(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  { byModel, disputed }: { readonly byModel: number; readonly disputed: number },
): number {
  const media = files.flatMap(({ fileType }, index) => (fileType === 'other' ? [] : [placements[index]]));
  const named = media.filter((placement) => placement?.subject !== SHARED_SUBJECT).length;
  const share = media.length === 0 ? 0 : named / media.length;
  return (BY_MODEL * byModel + BY_RULES * (1 - byModel)) * (0.5 + 0.5 * share) * (1 - disputed);
}
