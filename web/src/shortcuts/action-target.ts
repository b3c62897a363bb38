/** Tells the palette which things the shortcuts of the group `selection` act on. */
import { createSignal, onCleanup } from 'solid-js';

type Describe = () => string | null;

const [targets, setTargets] = createSignal<readonly Describe[]>([]);

/**
 * Describes the target until the owner is disposed of.
 *
 * @param describe returns '7 selected assets', for instance; null: those shortcuts do nothing now.
 */
export function createActionTarget(describe: Describe): void {
  setTargets((before) => [describe, ...before]);
  onCleanup(() => setTargets((before) => before.filter((one) => one !== describe)));
}

/** Returns the description; null: there is no target; undefined: the page tells of none. */
export function actionTarget(): string | null | undefined {
  const described = targets();
  return described.length === 0 ? undefined : (described.map((one) => one()).find((text) => text !== null) ?? null);
}
