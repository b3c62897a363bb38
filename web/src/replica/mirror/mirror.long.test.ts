import { afterAll, beforeAll, expect, test } from 'vitest';
import { MirrorModel } from './testing/mirror-model.ts';

/** `MIRROR_SEED=7` repeats one history, `MIRROR_HISTORIES=100` runs as many. */
const { MIRROR_SEED, MIRROR_HISTORIES = MIRROR_SEED === undefined ? 12 : 1 } = process.env;
const first = Number(MIRROR_SEED ?? Date.now() % 1_000_000);
const seeds = Array.from({ length: Number(MIRROR_HISTORIES) }, (_, index) => first + index);

let model: MirrorModel;
beforeAll(async () => {
  model = await MirrorModel.create();
});
afterAll(() => model.close());

test.each(seeds)('createMirror: answers as SQL does through a long history (seed %i)', async (seed) => {
  expect(await model.run(seed, 300)).toBe(600);
});

test.runIf(seeds.length > 1)('the histories have every kind of change', () => {
  console.log([...model.events].map(([name, times]) => `${name}: ${times}`).join('\n'));
  expect([...model.events.keys()]).toEqual(expect.arrayContaining(model.plan));
});
