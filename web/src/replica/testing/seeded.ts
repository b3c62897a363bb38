/** For tests: numbers that look random and are the same for a seed. */

/** @returns numbers from 0 to below 1. https://en.wikipedia.org/wiki/Linear_congruential_generator (numbers of Numerical Recipes) */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Returns numbers from 0 to below 1. */
export type Random = () => number;

export function pickFrom<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
