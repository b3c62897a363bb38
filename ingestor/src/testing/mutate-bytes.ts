/** Damages files reproducibly: the same seed gives the same damage. */
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';

/** Flipped bits, a cut end, another file's end, a repeated part, extreme numbers, and a part full of zeros. */
export const MUTATIONS = ['header', 'anywhere', 'cut', 'splice', 'repeat', 'numbers', 'zeros'] as const;
export type Mutation = (typeof MUTATIONS)[number];

/** Flips bits, or cuts, repeats, overwrites or splices bytes with those of another file. */
export function mutateBytes(bytes: Buffer, other: Buffer, seed: number): Buffer {
  const random = seededRandom(seed);
  return mutateBytesBy(random.pick(MUTATIONS), bytes, other, random);
}

export function mutateBytesBy(mutation: Mutation, bytes: Buffer, other: Buffer, random: SeededRandom): Buffer {
  const mutated = Buffer.from(bytes);
  const position = () => random.whole(0, mutated.length - 1);
  switch (mutation) {
    case 'header':
      for (let flip = 0; flip < 8; flip++) flipBit(mutated, random.whole(0, Math.min(200, mutated.length - 1)), flip);
      return mutated;
    case 'anywhere':
      for (let flip = 0; flip < 40; flip++) flipBit(mutated, position(), flip % 8);
      return mutated;
    case 'cut':
      return mutated.subarray(0, position());
    case 'splice':
      return Buffer.concat([mutated.subarray(0, position()), other.subarray(random.whole(0, other.length - 1))]);
    case 'repeat': {
      const at = position();
      return Buffer.concat([mutated.subarray(0, at), mutated.subarray(Math.max(0, at - 5000))]);
    }
    case 'numbers':
      // The largest and smallest values that a header may claim.
      for (let each = 0; each < 4; each++) {
        const at = random.whole(0, Math.max(0, Math.min(400, mutated.length - 4)));
        mutated.subarray(at, at + 4).fill(random.pick([0x00, 0xff, 0x7f]));
      }
      return mutated;
    case 'zeros': {
      // An interrupted copy leaves such a gap.
      const at = position();
      mutated.subarray(at, at + random.whole(1, Math.ceil(mutated.length / 3))).fill(0);
      return mutated;
    }
  }
}

function flipBit(bytes: Buffer, at: number, bit: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
}
