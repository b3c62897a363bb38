/**
 * The selected assets of the list, and the one with the keyboard focus. Assets that leave the list leave
 * the selection, so that users never change assets that they do not see.
 */
import { type Accessor, createComputed, createMemo, createSignal, on, untrack } from 'solid-js';
import type { AssetIdOrder } from '../../../replica/model/mirror-questions.ts';

export interface Selection {
  readonly ids: Accessor<ReadonlySet<string>>;
  /** The position of the keyboard focus. When its asset leaves the list, the asset in its place gets the focus. */
  readonly focusIndex: Accessor<number>;
  /** Undefined in an empty list. */
  readonly focusId: Accessor<string | undefined>;
  /** Moves the keyboard focus and the start of the next range. */
  focus(index: number): void;
  /** Selects only this asset. */
  only(index: number): void;
  toggle(index: number): void;
  /** Selects the range from the last `focus`, `only` or `toggle`. `add` keeps the rest of the selection. */
  rangeTo(index: number, options?: { add: boolean }): void;
  all(): void;
  /** Replaces the selection and leaves the focus. */
  replace(ids: ReadonlySet<string>): void;
  clear(): void;
}

/** Below this number, finding each asset costs less than scanning the whole list. */
const FEW = 50;

/** Returns the ids that are in the list. */
export function presentIds(list: AssetIdOrder, ids: ReadonlySet<string>): string[] {
  return ids.size < FEW
    ? [...ids].filter((id) => list.indexOf(id) !== -1)
    : list.slice(0, list.length).filter((id) => ids.has(id));
}

/** @param whole whether the list reaches its last asset; until then nothing leaves the selection. */
export function createSelection(order: Accessor<AssetIdOrder>, whole: Accessor<boolean> = () => true): Selection {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = createSignal<string | undefined>();
  const [anchor, setAnchor] = createSignal<string | undefined>();

  const focusIndex = createMemo((previous: number) => {
    const id = focused();
    const found = id === undefined ? -1 : order().indexOf(id);
    return found !== -1 ? found : Math.max(0, Math.min(previous, order().length - 1));
  }, 0);
  const focusId = createMemo(() => order().at(focusIndex()));

  createComputed(
    on([order, whole], ([list, isWhole]) => {
      const selected = untrack(ids);
      if (selected.size === 0 || !isWhole) return;
      const kept = presentIds(list, selected);
      if (kept.length < selected.size) setIds(new Set(kept));
    }),
  );

  function focus(index: number): void {
    const id = order().at(index);
    if (id === undefined) return;
    setFocused(id);
    setAnchor(id);
  }

  return {
    ids,
    focusIndex,
    focusId,
    focus,
    only(index) {
      focus(index);
      setIds(new Set(order().slice(index, index + 1)));
    },
    toggle(index) {
      const id = order().at(index);
      if (id === undefined) return;
      focus(index);
      const next = new Set(ids());
      if (!next.delete(id)) next.add(id);
      setIds(next);
    },
    rangeTo(index, options = { add: false }) {
      const id = order().at(index);
      if (id === undefined) return;
      const anchorId = anchor();
      const anchored = anchorId === undefined ? -1 : order().indexOf(anchorId);
      const from = anchored === -1 ? focusIndex() : anchored;
      if (anchored === -1) setAnchor(order().at(from));
      const range = order().slice(Math.min(from, index), Math.max(from, index) + 1);
      setFocused(id);
      setIds(new Set(options.add ? [...ids(), ...range] : range));
    },
    replace: (next) => void setIds(next),
    all: () => void setIds(new Set(order().slice(0, order().length))),
    clear: () => void setIds(new Set<string>()),
  };
}
