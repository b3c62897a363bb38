/** Counts how many assets of a section are selected. */
import type { AssetIdOrder, Section } from '../../../replica/model/mirror-questions.ts';

/** Up to this many selected assets, looking each up costs less than reading a large section. */
const FEW = 20;
/** Assets of a section that are read at once. */
const PART = 10_000;

/** Runs in steps of a millisecond or two; the last one has the count. */
export function* countSelected(
  order: AssetIdOrder,
  { start, count }: Pick<Section, 'start' | 'count'>,
  ids: ReadonlySet<string>,
): Generator<void, number> {
  if (ids.size === 0) return 0;
  // Only assets of the list are ever selected.
  if (ids.size === order.length) return count;
  let found = 0;
  if (ids.size <= FEW && count > PART) {
    for (const id of ids) {
      const index = order.indexOf(id);
      if (index >= start && index < start + count) found += 1;
    }
    return found;
  }
  for (let from = start; from < start + count; from += PART) {
    for (const id of order.slice(from, Math.min(from + PART, start + count))) if (ids.has(id)) found += 1;
    yield;
  }
  return found;
}
