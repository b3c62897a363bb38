/** @throws when `next` takes longer than `silence` milliseconds: a dead connection may never be closed. */
export async function withinSilence<Value>(next: Promise<Value>, silence: number): Promise<Value> {
  const { promise: silent, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`The server was silent for ${silence / 1000} s.`)), silence);
  try {
    return await Promise.race([next, silent]);
  } finally {
    clearTimeout(timer);
  }
}
