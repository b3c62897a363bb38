/** Returns a function that computes each value once: a hundred thousand files lie in a few hundred folders. */
export function remembered<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, { value: Value }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: work(key) };
      known.set(key, found);
    }
    return found.value;
  };
}

/** Returns a function that computes its value when it is first asked for. */
export function once<Value>(work: () => Value): () => Value {
  const value = remembered(work);
  return () => value(undefined);
}
