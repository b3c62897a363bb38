import { afterAll, beforeAll, expect, test } from 'vitest';
import { MirrorModel } from './testing/mirror-model.ts';

/** `MIRROR_SEED=7` repeats one history. */
const first = Number(process.env['MIRROR_SEED'] ?? Date.now() % 1_000_000);
const seeds = Array.from({ length: process.env['MIRROR_SEED'] === undefined ? 12 : 1 }, (_, index) => first + index);

let model: MirrorModel;
beforeAll(async () => {
  model = await MirrorModel.create();
});
afterAll(() => model.close());

test.each(seeds)('createMirror: answers as SQL does through a long history (seed %i)', async (seed) => {
  expect(await model.run(seed, 300)).toBe(600);
});
