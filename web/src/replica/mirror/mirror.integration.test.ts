import { afterAll, beforeAll, expect, test } from 'vitest';
import { MirrorModel } from './testing/mirror-model.ts';

let model: MirrorModel;
beforeAll(async () => {
  model = await MirrorModel.create();
});
afterAll(() => model.close());

test.each([1, 2, 3])('createMirror: answers as SQL does, whatever changes when (seed %i)', async (seed) => {
  expect(await model.run(seed, 100)).toBe(200);
});

test('createMirror: has also opened scopes from their files in these runs', () => {
  expect(model.kept).toBeGreaterThan(0);
});
