/** How many assets of the sections on the screen are selected; counted between frames where that takes long. */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type { AssetIdOrder } from '../../../replica/model/mirror-questions.ts';
import { countSelected } from './count-selected.ts';
import type { PlacedSection } from './grid-layout.ts';

/** Assets, of the sections on the screen, that are counted at once. */
const AT_ONCE = 10_000;

export interface SectionSelectionInput {
  readonly order: Accessor<AssetIdOrder>;
  readonly ids: Accessor<ReadonlySet<string>>;
  readonly sections: Accessor<readonly PlacedSection[]>;
}

/** @returns the number by the section's start; null while it is being counted. */
export function createSectionSelection({
  order,
  ids,
  sections,
}: SectionSelectionInput): (section: PlacedSection) => number | null {
  const [counts, setCounts] = createSignal<ReadonlyMap<number, number>>(new Map());
  createEffect(() => {
    const work = countAll(order(), ids(), sections());
    let timer: ReturnType<typeof setTimeout> | undefined;
    onCleanup(() => clearTimeout(timer));
    const isShort = ids().size === 0 || sections().reduce((sum, { count }) => sum + count, 0) <= AT_ONCE;
    const run = (): void => {
      const step = work.next();
      if (step.done) setCounts(step.value);
      else if (isShort) run();
      else timer = setTimeout(run, 0);
    };
    if (!isShort) setCounts(new Map<number, number>());
    run();
  });
  return ({ start }) => counts().get(start) ?? (ids().size === 0 ? 0 : null);
}

function* countAll(
  order: AssetIdOrder,
  ids: ReadonlySet<string>,
  sections: readonly PlacedSection[],
): Generator<void, ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const section of sections) counts.set(section.start, yield* countSelected(order, section, ids));
  return counts;
}
