/** Random numbers that a seed reproduces. */

/** Returns a whole number from 0 to `below`, exclusive. */
export type Random = (below: number) => number;

/** mulberry32: small, and the same on every platform. */
export function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** @throws RangeError for an empty list. */
export function oneOf<T>(random: Random, list: readonly T[]): T {
  const chosen = list[random(list.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}
