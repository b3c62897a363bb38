/** Deleted derivatives are regenerated. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

const MARK = '.swept';

let library: TestLibrary;
let packageId: string;

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  await library.start();
  await library.pictures('day', 'a.png', 'b.png', 'c.png');
  packageId = await library.ingest('day');
});
afterAll(() => library[Symbol.asyncDispose]());

const folder = () => path.join(library.base, 'derivatives');

async function thumbnails(): Promise<string[]> {
  const rows = await library.sql<{ key: string | null }[]>`
    SELECT thumbnail_key AS key FROM assets WHERE package_id = ${packageId} ORDER BY relative_path`;
  return rows.flatMap(({ key }) => (key === null ? [] : [path.join(folder(), derivativePath(key))]));
}

async function allAreThere(): Promise<void> {
  await until(async () => {
    const files = await thumbnails();
    const found = await Promise.all(files.map((file) => stat(file).catch(() => null)));
    return files.length === 3 && found.every((each) => each !== null);
  });
}

test('a rescan regenerates all of them', async () => {
  // The mark of the daily sweep stays, so that only the rescan regenerates them.
  await until(() => stat(path.join(folder(), MARK)).catch(() => null));
  for (const name of await readdir(folder())) {
    if (name !== MARK) await rm(path.join(folder(), name), { recursive: true });
  }
  await library.ihub('rescan', 'day');
  await allAreThere();
  expect(await library.package(packageId)).toMatchObject({ status: 'ready' });
});

test('ihub doctor reports how many are missing and has them regenerated', async () => {
  const [first = ''] = await thumbnails();
  await rm(first);
  const { checks } = await library.ihub('doctor');
  expect(checks).toContainEqual({
    check: 'derivatives',
    status: 'warning',
    message: `1 of 3 derivatives are not in ${folder()}; they are being regenerated.`,
    advice: null,
  });
  await allAreThere();
});

test('the daily sweep has them regenerated', async () => {
  const [, second = ''] = await thumbnails();
  await rm(second);
  await rm(path.join(folder(), MARK), { force: true });
  await allAreThere();
});
