import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AssetSumsRow, assetSumsQuery } from '../../../queries/asset-sums.ts';
import { type TagCountRow, tagsOfAssetsQuery } from '../../../queries/tag-counts.ts';
import { createMemoryReplica, type MemoryReplica } from '../../../testing/memory-replica.ts';
import { seedAssets, seedLibrary } from '../../../testing/seed.ts';
import { joinSums, type SelectionSums } from './selection-sums.ts';

let replica: MemoryReplica;
beforeAll(async () => {
  replica = await createMemoryReplica(
    await readMigrations(),
    seedLibrary +
      seedAssets([
        { relative_path: 'a/1.mov', camera: 'cam_a', duration_seconds: 4, yaw: -10, tags: ['hero'] },
        { relative_path: 'a/2.mov', camera: 'cam_a', duration_seconds: 2, yaw: 30, tags: ['hero', 'smile'] },
        { relative_path: 'b/3.png', camera: 'cam_b' },
        { relative_path: 'b/4.png' },
      ]),
  );
});
afterAll(() => replica.close());

const id = (index: number) => `01900000-0000-7000-8000-1${String(index).padStart(11, '0')}`;
async function sumsOf(...parts: number[][]): Promise<SelectionSums> {
  const read = parts.map(async (indexes) => {
    const ids = indexes.map(id);
    const [sums] = await replica.query<AssetSumsRow>(assetSumsQuery(ids));
    if (!sums) throw new Error('no row');
    return { sums, tags: await replica.query<TagCountRow>(tagsOfAssetsQuery(ids).statement) };
  });
  return joinSums(await Promise.all(read));
}

test('joinSums: says which facts all share, and which differ', async () => {
  const { facts } = await sumsOf([0, 1]);
  expect(facts.camera).toEqual({ is: 'same', value: 'cam_a' });
  expect(facts.package).toEqual({ is: 'same', value: 'delivery_03' });
  expect(facts.codec).toEqual({ is: 'unknown' });
  expect((await sumsOf([0, 2])).facts.camera).toEqual({ is: 'mixed' });
});

test('joinSums: counts a value that some assets lack as mixed, not as shared', async () => {
  expect((await sumsOf([2, 3])).facts.camera).toEqual({ is: 'mixed' });
  expect((await sumsOf([2], [3])).facts.camera).toEqual({ is: 'mixed' });
});

test('joinSums: tells two parts from one by nothing', async () => {
  expect(await sumsOf([0, 1], [2, 3])).toEqual(await sumsOf([0, 1, 2, 3]));
  expect(await sumsOf([0], [1], [2], [3])).toEqual(await sumsOf([0, 1, 2, 3]));
});

test('joinSums: sums sizes and durations, and leaves unknown ones out', async () => {
  expect(await sumsOf([0, 1, 2])).toMatchObject({
    assets: 3,
    sizeBytes: 3000,
    durationSeconds: 6,
    timed: 2,
    yaw: [-10, 30],
  });
  expect(await sumsOf([3])).toMatchObject({ durationSeconds: null, yaw: null, sharpness: null });
});

test('joinSums: counts tags, the most used first', async () => {
  expect((await sumsOf([0], [1, 2])).tags).toEqual([
    { name: 'hero', count: 2 },
    { name: 'smile', count: 1 },
  ]);
});
