/** How much of a section a person has reviewed. */
import type { Section } from '../../../replica/model/mirror-questions.ts';

/** Returns whole percent. Only a whole section is 100, and only one without any reviewed asset is 0. */
export function reviewedShare({ count, totals }: Pick<Section, 'count' | 'totals'>): number {
  if (totals === null || count === 0) return 0;
  const reviewed = totals.approved + totals.rejected + totals.flagged;
  if (reviewed === 0) return 0;
  return reviewed === count ? 100 : Math.max(1, Math.min(99, Math.round((100 * reviewed) / count)));
}
