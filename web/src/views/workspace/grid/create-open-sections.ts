/** Which sections of the grid are open. All are until a person closes one, on this page. */
import { createSignal } from 'solid-js';

export interface OpenSections {
  isOpen(key: string): boolean;
  toggle(key: string): void;
  /** Closes all of these, or opens them when all are closed. */
  toggleAll(keys: readonly string[]): void;
}

export function createOpenSections(): OpenSections {
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  return {
    isOpen: (key) => !closed().has(key),
    toggle(key) {
      const next = new Set(closed());
      if (!next.delete(key)) next.add(key);
      setClosed(next);
    },
    toggleAll(keys) {
      const areClosed = keys.every((key) => closed().has(key));
      setClosed(new Set<string>(areClosed ? [] : keys));
    },
  };
}
