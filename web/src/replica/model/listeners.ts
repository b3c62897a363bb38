/** A set of listeners. */

export interface Listeners<Value> {
  /** @returns the unsubscriber. */
  listen(listener: (value: Value) => void): () => void;
  tell(value: Value): void;
}

export function createListeners<Value>(): Listeners<Value> {
  const all = new Set<(value: Value) => void>();
  return {
    listen(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell(value) {
      for (const listener of [...all]) listener(value);
    },
  };
}
