/** The selected rows of a table, and the row with the keyboard focus. */
import { type Accessor, createMemo, createSignal } from 'solid-js';

export interface RowSelection {
  /** Only rows that are listed count, so that users never change rows that they do not see. */
  readonly keys: Accessor<ReadonlySet<string>>;
  /** The row with the keyboard focus; the first one until another has it. */
  readonly focused: Accessor<string | undefined>;
  /** Moves the focus and the start of the next range. */
  focus(key: string): void;
  /** Selects only this row. */
  only(key: string): void;
  toggle(key: string): void;
  /** Selects the rows from the last `focus`, `only` or `toggle` to this one, beside those already selected. */
  rangeTo(key: string): void;
  all(): void;
  clear(): void;
}

/** @param listed the keys of the listed rows, in order. */
export function createRowSelection(listed: Accessor<readonly string[]>): RowSelection {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = createSignal<string | undefined>();
  const [anchor, setAnchor] = createSignal<string | undefined>();
  const keys = createMemo<ReadonlySet<string>>(() => new Set(listed().filter((key) => chosen().has(key))));
  const index = createMemo<number>((before) => {
    const key = wanted();
    const found = key === undefined ? -1 : listed().indexOf(key);
    // When the row has left the list, the row in its place gets the focus.
    return found !== -1 ? found : Math.max(0, Math.min(before, listed().length - 1));
  }, 0);
  const focused = createMemo(() => listed()[index()]);

  function focus(key: string): void {
    setWanted(key);
    setAnchor(key);
  }

  return {
    keys,
    focused,
    focus,
    only(key) {
      focus(key);
      setChosen(new Set([key]));
    },
    toggle(key) {
      const next = new Set(keys());
      if (!next.delete(key)) next.add(key);
      focus(key);
      setChosen(next);
    },
    rangeTo(key) {
      const list = listed();
      const start = list.indexOf(anchor() ?? focused() ?? key);
      const end = list.indexOf(key);
      const [from, to] = [Math.min(start, end), Math.max(start, end)];
      if (start === -1) setAnchor(key);
      setWanted(key);
      setChosen(new Set([...keys(), ...(start === -1 ? [key] : list.slice(from, to + 1))]));
    },
    all: () => void setChosen(new Set(listed())),
    clear: () => void setChosen(new Set<string>()),
  };
}
