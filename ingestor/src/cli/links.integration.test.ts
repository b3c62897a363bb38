import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAsset, listTree, makeFolders, makePackage, type TestFolders } from '../link/testing/link-test-library.ts';
import { runIhub } from '../testing/ihub-process.ts';

let database: TestDatabase;
let folders: TestFolders;
let packageId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folders = await makeFolders();
  packageId = await makePackage(database.sql, folders, 'day_1', {
    'A/a.mov': {},
    'B/a.mov': {},
    'x/s.####.exr': { frames: [1, 2, 4] },
  });
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folders.base, { recursive: true });
});

function ihub(...args: string[]) {
  return runIhub(['links', ...args], {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: folders.media,
    DATASETS_ROOT: folders.datasets,
  });
}

async function answer(...args: string[]) {
  const { code, stdout, stderr } = await ihub(...args, '--json');
  expect(stderr).toBe('');
  return { code, document: JSON.parse(stdout) };
}

const FOLDER = 'jane_doe/media/external/from_client/day_1/visuals/raw';

test('ihub links --dry-run shows what would be linked, and writes nothing', async () => {
  const { code, document } = await answer('--dry-run', '--repair');
  expect(code).toBe(0);
  const make = (relativePath: string, files: number) => ({
    link: path.join(folders.datasets, FOLDER, relativePath),
    target: expect.stringMatching(new RegExp(`^${folders.media}/.*/${relativePath}$`)),
    files,
  });
  expect(document).toEqual({
    dry_run: true,
    packages: [
      {
        id: packageId,
        name: 'day_1',
        project: expect.any(String),
        make: [make('A/a.mov', 1), make('B/a.mov', 1), make('x/s.####.exr', 2)],
        replace: [],
        keep: [],
        remove: [],
        collisions: [],
        directories: ['jane_doe'],
      },
    ],
  });
  expect(await listTree(folders.datasets)).toEqual([]);
  expect([...(await database.sql`SELECT FROM dataset_links`)]).toEqual([]);
  expect([...(await database.sql`SELECT dataset_directory FROM subjects`)]).toEqual([{ dataset_directory: null }]);
});

test('ihub links --repair adds missing links, removes unwanted ones, and reports collisions', async () => {
  expect(await answer('--repair')).toMatchObject({ code: 0, document: { packages: [{ made: 3, failed: 0 }] } });
  const folder = path.join(folders.datasets, FOLDER);
  await rm(path.join(folder, 'A/a.mov'));
  await writeFile(path.join(folder, 'A/a.mov'), 'not ours');
  const [row] = await database.sql`SELECT source_path FROM packages`;
  await mkdir(path.join(folder, 'C'));
  await symlink(path.join(row?.['source_path'], 'A/a.mov'), path.join(folder, 'C/old.mov'));
  await addAsset(database.sql, packageId, 'D/new.mov');

  const { document } = await answer('day_1', '--dry-run');
  expect(document.packages[0]).toMatchObject({
    make: [{ link: path.join(folder, 'D/new.mov') }],
    keep: [{ files: 1 }, { link: path.join(folder, 'x/s.####.exr'), files: 2 }],
    remove: [path.join(folder, 'C/old.mov')],
    collisions: [{ link: path.join(folder, 'A/a.mov'), problem: 'a.mov already exists and is not a link.' }],
  });
  const repaired = await answer('day_1', '--repair');
  expect(repaired.code).toBe(1);
  expect(repaired.document).toMatchObject({
    packages: [{ made: 3, failed: 1, problem: expect.stringContaining('a.mov already exists') }],
    failed: [{ relative_path: 'A/a.mov', problem: 'a.mov already exists and is not a link.' }],
  });
  expect(await listTree(folder)).toEqual([
    'A/a.mov',
    expect.stringMatching(/^B\/a\.mov -> /),
    expect.stringMatching(/^D\/new\.mov -> /),
    expect.stringMatching(/^x\/s\.0001\.exr -> /),
    expect.stringMatching(/^x\/s\.0002\.exr -> /),
  ]);
});

test('ihub links shows the links as a table', async () => {
  const { code, stdout } = await ihub('day_1');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^name +project +linked +failed +problem\nday_1 .* 3 +1 +1 of its assets could not be linked: /,
  );
  expect(stdout).toContain('A/a.mov: a.mov already exists and is not a link.');
});

test('ihub links names the missing setting or package', async () => {
  const without = await runIhub(['links', '--repair'], { DATABASE_URL: database.url });
  expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining('DATASETS_ROOT is not set') });
  expect(await ihub('day_9')).toMatchObject({ code: 1, stderr: expect.stringContaining('No package matches day_9') });
});
