/** Returns a function that computes each text's value once: a hundred thousand files lie in a few hundred folders. */
export function remembered<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, { value: Value }>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = { value: work(text) };
      known.set(text, found);
    }
    return found.value;
  };
}
