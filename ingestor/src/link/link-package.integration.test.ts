import { mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LinkOptions, linkPackage } from './link-package.ts';
import { outdatedPackages, sweepLinks } from './sweep-links.ts';
import { addAsset, listTree, makeFolders, makePackage, type TestFolders } from './testing/link-test-library.ts';

let database: TestDatabase;
let folders: TestFolders;
let options: LinkOptions;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.sql`TRUNCATE projects, stale_links CASCADE`;
  folders = await makeFolders();
  options = {
    sql: database.sql,
    datasetsRoot: folders.datasets,
    host: 'here',
    mediaRoots: [folders.media],
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
  };
});
afterEach(() => rm(folders.base, { recursive: true, force: true }));

const FROM_CLIENT = 'media/external/from_client';

/** Lists links as 'jane_doe: day_1/visuals/raw/a.mov', and checks that each target has the link's name. */
async function links(): Promise<string[]> {
  return (await listTree(folders.datasets)).map((line) => {
    const [link = '', target] = line.split(' -> ');
    if (target !== undefined) expect(path.basename(target)).toBe(path.basename(link));
    const mark = target === undefined ? '!' : '';
    return `${mark}${link.replace(`/${FROM_CLIENT}/`, ': ')}`;
  });
}

async function row(packageId: string) {
  const [found] =
    await database.sql`SELECT links_made, links_failed, link_problem FROM packages WHERE id = ${packageId}`;
  return { made: found?.['links_made'], failed: found?.['links_failed'], problem: found?.['link_problem'] };
}

/** Checks that nothing is left to do after a pass, according to both the rows and the disk. */
async function expectSettled(): Promise<void> {
  expect(await outdatedPackages(options, folders.datasets)).toEqual([]);
  expect([...(await database.sql`SELECT link_path FROM stale_links`)]).toEqual([]);
}

describe('linkPackage', () => {
  test('links each asset by its relative path below its subject’s dataset directory', async () => {
    await mkdir(path.join(folders.datasets, 'JANE-DOE'));
    const id = await makePackage(database.sql, folders, 'Day 1', {
      'A_CAM/clip.mov': {},
      'B_CAM/clip.mov': {},
      'sound/clip.wav': { fileType: 'audio', assetType: 'audio' },
      'notes\n#1.txt': { fileType: 'other', assetType: 'metadata' },
      'x/plate.####.exr': { assetType: 'plate', frames: [999, 1001, 4], subject: 'New Person' },
    });
    expect(await linkPackage(id, options)).toEqual({ made: 5, failed: 0, problem: null });
    expect(await links()).toEqual([
      'JANE-DOE: Day 1/audio/audio/sound/clip.wav',
      'JANE-DOE: Day 1/visuals/metadata/notes\n#1.txt',
      'JANE-DOE: Day 1/visuals/raw/A_CAM/clip.mov',
      'JANE-DOE: Day 1/visuals/raw/B_CAM/clip.mov',
      'New_Person: Day 1/visuals/plate/x/plate.0999.exr',
      'New_Person: Day 1/visuals/plate/x/plate.1000.exr',
      'New_Person: Day 1/visuals/plate/x/plate.1001.exr',
    ]);
    const link = path.join(folders.datasets, 'JANE-DOE', FROM_CLIENT, 'Day 1/visuals/raw/A_CAM/clip.mov');
    expect(await readFile(link, 'utf8')).toBe('A_CAM/clip.mov');
    expect(path.isAbsolute(await readlink(link))).toBe(true);
    const [subject] = await database.sql`SELECT dataset_directory FROM subjects WHERE name = 'New Person'`;
    expect(subject).toEqual({ dataset_directory: 'New_Person' });
    await expectSettled();
    expect(await linkPackage(id, options)).toEqual({ made: 5, failed: 0, problem: null });
  });

  test('links and reports nothing without a datasets root', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    expect(await linkPackage(id, { ...options, datasetsRoot: null })).toEqual({ made: 0, failed: 0, problem: null });
    expect(await links()).toEqual([]);
  });

  test('asks which directory is meant when unsure, and links once a person has chosen', async () => {
    await mkdir(path.join(folders.datasets, 'jane_doh'));
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {}, 'b.mov': { subject: 'bob' } });
    const problem = 'jane_doe may be jane_doh: choose the subject’s dataset directory.';
    expect(await linkPackage(id, options)).toEqual({ made: 1, failed: 1, problem });
    expect(await row(id)).toEqual({ made: 1, failed: 1, problem });
    expect(await links()).toEqual(['bob: p/visuals/raw/b.mov', '!jane_doh/']);
    await expectSettled();
    await database.sql`UPDATE subjects SET dataset_directory = 'jane_doh' WHERE name = 'jane_doe'`;
    expect(await sweepLinks(options)).toEqual({ packages: 1, removed: 0 });
    expect(await row(id)).toEqual({ made: 2, failed: 0, problem: null });
    expect(await links()).toEqual(['bob: p/visuals/raw/b.mov', 'jane_doh: p/visuals/raw/a.mov']);
    await expectSettled();
  });

  test('makes no new directory when that is switched off', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    expect(await linkPackage(id, { ...options, makesDirectories: false })).toEqual({
      made: 0,
      failed: 1,
      problem: 'jane_doe has no dataset directory: choose one, or jane_doe as a new one.',
    });
    expect(await links()).toEqual([]);
  });

  test('never overwrites files or foreign links, and reports names that differ only in case', async () => {
    const id = await makePackage(database.sql, folders, 'p', {
      'a.mov': {},
      'b.mov': {},
      'c.mov': {},
      'C.mov': {},
      'd/e.mov': {},
    });
    const folder = path.join(folders.datasets, 'jane_doe', FROM_CLIENT, 'p/visuals/raw');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'a.mov'), 'precious');
    await writeFile(path.join(folder, 'd'), 'a file where a folder should be');
    await symlink('/elsewhere/b.mov', path.join(folder, 'b.mov'));
    const outcome = await linkPackage(id, options);
    expect(outcome).toMatchObject({ made: 1, failed: 4 });
    expect(outcome.problem).toMatch(/^4 of its assets could not be linked: /);
    expect(await readFile(path.join(folder, 'a.mov'), 'utf8')).toBe('precious');
    const problems = await database.sql`
      SELECT relative_path, dataset_links.problem FROM dataset_links JOIN assets ON assets.id = asset_id
      WHERE dataset_links.problem IS NOT NULL ORDER BY relative_path COLLATE "C"`;
    expect(problems.map((each) => each['problem'])).toEqual([
      'a.mov already exists and is not a link.',
      'b.mov already exists and leads to /elsewhere/b.mov.',
      'Another asset of the package has the link C.mov, which differs only in case.',
      expect.stringMatching(/raw\/d could not be created: part of its path is a file\.$|raw\/d already exists\.$/),
    ]);
    await rm(path.join(folder, 'a.mov'));
    await rm(path.join(folder, 'd'));
    expect(await linkPackage(id, options)).toMatchObject({ made: 3, failed: 2 });
  });

  test.each([
    ['the dataset directory', 'jane_doe'],
    ['a folder in it', 'jane_doe/media'],
    ['the package’s folder', `jane_doe/${FROM_CLIENT}/p`],
  ])('writes nothing through a link that leads out of the datasets root: %s', async (_, linked) => {
    const outside = path.join(folders.base, 'outside');
    await mkdir(outside);
    await mkdir(path.dirname(path.join(folders.datasets, linked)), { recursive: true });
    await symlink(outside, path.join(folders.datasets, linked));
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    const outcome = await linkPackage(id, options);
    expect(outcome).toMatchObject({ made: 0, failed: 1 });
    expect(outcome.problem).toContain('is a link that leads out of the datasets root');
    expect(await listTree(outside)).toEqual([]);
  });

  test('writes nothing into a media root', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    const within = { ...options, datasetsRoot: path.join(folders.media, 'datasets') };
    await mkdir(within.datasetsRoot);
    expect((await linkPackage(id, within)).problem).toContain('is inside a media root');
    expect(await listTree(within.datasetsRoot)).toEqual([]);
    const around = { ...options, mediaRoots: [path.join(folders.datasets, 'jane_doe')] };
    await mkdir(path.join(folders.datasets, 'jane_doe'));
    expect((await linkPackage(id, around)).problem).toContain('is inside a media root');
    expect(await links()).toEqual(['!jane_doe/']);
  });

  test.each(['..', '../outside', '/etc', 'a/b', '.'])('rejects %j as a dataset directory', async (directory) => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    await database.sql`UPDATE subjects SET dataset_directory = ${directory}`;
    const outcome = await linkPackage(id, options);
    expect(outcome).toMatchObject({ made: 0, failed: 1 });
    expect(outcome.problem).toContain('is not the name of a folder');
    expect(await links()).toEqual([]);
  });

  test('turns any package name into a single folder', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    await database.sql`UPDATE packages SET name = '../../../../../../evil'`;
    expect(await linkPackage(id, options)).toMatchObject({ made: 1, failed: 0 });
    expect(await links()).toEqual(['jane_doe: __.._.._.._.._.._evil/visuals/raw/a.mov']);
    await expectSettled();
  });

  test('reports a missing or empty datasets root, and resumes when it is back', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    await linkPackage(id, options);
    const away = `${folders.datasets}-away`;
    await rename(folders.datasets, away);
    await addAsset(database.sql, id, 'b.mov');
    expect(await linkPackage(id, options)).toMatchObject({
      made: 1,
      problem: `The datasets root ${folders.datasets} does not exist.`,
    });
    await mkdir(folders.datasets);
    expect((await linkPackage(id, options)).problem).toContain('is it mounted?');
    expect(await listTree(folders.datasets)).toEqual([]);
    expect(await sweepLinks(options)).toEqual({ packages: 0, removed: 0 });
    await rm(folders.datasets, { recursive: true });
    await rename(away, folders.datasets);
    expect(await sweepLinks(options)).toEqual({ packages: 1, removed: 0 });
    expect(await row(id)).toEqual({ made: 2, failed: 0, problem: null });
    await expectSettled();
  });

  test('restores links that were removed or changed, and removes unwanted ones', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {}, 'b.mov': {}, 'x/c.mov': {} });
    await linkPackage(id, options);
    const folder = path.join(folders.datasets, 'jane_doe', FROM_CLIENT, 'p/visuals/raw');
    const target = path.dirname(await readlink(path.join(folder, 'a.mov')));
    await rm(path.join(folder, 'a.mov'));
    await rm(path.join(folder, 'b.mov'));
    await symlink(path.join(target, 'a.mov'), path.join(folder, 'b.mov'));
    await mkdir(path.join(folder, 'stray'));
    await symlink(path.join(target, 'a.mov'), path.join(folder, 'stray/old.mov'));
    await symlink('/elsewhere', path.join(folder, 'of-an-artist'));
    expect(await linkPackage(id, options)).toMatchObject({ made: 3, failed: 0 });
    expect(await listTree(folder)).toEqual([
      `a.mov -> ${target}/a.mov`,
      `b.mov -> ${target}/b.mov`,
      'of-an-artist -> /elsewhere',
      `x/c.mov -> ${target}/x/c.mov`,
    ]);
  });

  test('links a name that is not UTF-8', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'b.mov': {} });
    const [found] = await database.sql`SELECT source_path FROM packages WHERE id = ${id}`;
    const bytes = Buffer.concat([Buffer.from(`${found?.['source_path']}/caf`), Buffer.from([0xe9])]);
    await writeFile(bytes, 'café');
    await database.sql`UPDATE assets SET relative_path = ${'caf\uefe9'}`;
    expect(await linkPackage(id, options)).toMatchObject({ made: 1, failed: 0 });
    const link = path.join(folders.datasets, 'jane_doe', FROM_CLIENT, 'p/visuals/raw/caf');
    expect(await readFile(Buffer.concat([Buffer.from(link), Buffer.from([0xe9])]), 'utf8')).toBe('café');
    await expectSettled();
    expect(await linkPackage(id, options)).toMatchObject({ made: 1, failed: 0 });
  });

  test('links more packages at once than it has connections', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) => makePackage(database.sql, folders, `p${index}`, { 'a.mov': {} })),
    );
    const outcomes = await Promise.all(ids.map((id) => linkPackage(id, options)));
    expect(outcomes).toEqual(ids.map(() => ({ made: 1, failed: 0, problem: null })));
    expect(await links()).toHaveLength(12);
  });

  test('stops when aborted, and the next pass completes it', async () => {
    const id = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    const stopped = AbortSignal.abort();
    await expect(linkPackage(id, { ...options, signal: stopped })).rejects.toThrow();
    expect(await links()).toEqual([]);
    expect(await linkPackage(id, options)).toMatchObject({ made: 1 });
  });
});

describe('sweepLinks', () => {
  let id: string;
  beforeEach(async () => {
    id = await makePackage(database.sql, folders, 'p', {
      'a.mov': {},
      'x/s.####.exr': { frames: [1, 3, 4] },
    });
    await sweepLinks(options);
    expect(await links()).toHaveLength(4);
    await expectSettled();
  });

  /** Sweeps after one change by people, and returns the links. */
  async function swept(): Promise<string[]> {
    expect(await sweepLinks(options)).toMatchObject({ packages: 1 });
    await expectSettled();
    return links();
  }

  test.each(['packages', 'projects', 'assets', 'subjects'])(
    'removes links of deleted %s, and restores them',
    async (table) => {
      const { sql } = database;
      const before = await links();
      await sql`UPDATE ${sql(table)} SET deleted_at = now(), deleted_by = 'ada'`;
      expect(await swept()).toEqual(['!jane_doe: ']);
      expect(await row(id)).toEqual({ made: 0, failed: 0, problem: null });
      await sql`UPDATE ${sql(table)} SET deleted_at = NULL, deleted_by = NULL`;
      expect(await swept()).toEqual(before);
    },
  );

  test('removes links of purged packages, from the records that the database kept', async () => {
    const { sql } = database;
    const kept = path.join(folders.datasets, 'jane_doe', FROM_CLIENT, 'p/visuals/raw/x/s.0009.exr');
    await symlink('/elsewhere/s.0009.exr', kept);
    await sql`DELETE FROM packages`;
    expect(await sweepLinks(options)).toEqual({ packages: 0, removed: 4 });
    expect(await links()).toEqual(['jane_doe: p/visuals/raw/x/s.0009.exr']);
    await expectSettled();
  });

  test('follows changes to a package’s name, an asset’s type and subject, and a subject’s directory', async () => {
    const { sql } = database;
    await sql`UPDATE packages SET name = 'Second/Day'`;
    expect(await swept()).toEqual([
      'jane_doe: Second_Day/visuals/raw/a.mov',
      ...[1, 2, 3].map((frame) => `jane_doe: Second_Day/visuals/raw/x/s.000${frame}.exr`),
    ]);
    await sql`UPDATE assets SET asset_type = 'graded' WHERE file_type = 'video'`;
    expect(await swept()).toContain('jane_doe: Second_Day/visuals/graded/a.mov');
    await sql`UPDATE assets SET missing_since = now() WHERE file_type = 'sequence'`;
    expect(await swept()).toEqual(['jane_doe: Second_Day/visuals/graded/a.mov']);
    const bob = uuid();
    await sql`INSERT INTO subjects (id, project_id, name) SELECT ${bob}, id, 'bob' FROM projects`;
    await sql`UPDATE assets SET subject_id = ${bob}`;
    expect(await swept()).toEqual(['bob: Second_Day/visuals/graded/a.mov', '!jane_doe: ']);
    await sql`UPDATE subjects SET dataset_directory = 'robert' WHERE id = ${bob}`;
    expect(await swept()).toContain('robert: Second_Day/visuals/graded/a.mov');
    await sql`UPDATE assets SET subject_id = NULL`;
    expect((await swept()).filter((line) => !line.startsWith('!'))).toEqual([]);
  });

  test('updates the links of frames when their package is linked', async () => {
    await database.sql`UPDATE assets SET first_frame = 2, last_frame = 5, missing_frames = '4' WHERE file_type = 'sequence'`;
    expect(await linkPackage(id, options)).toMatchObject({ made: 2 });
    expect(await links()).toEqual([
      'jane_doe: p/visuals/raw/a.mov',
      ...[2, 3, 5].map((frame) => `jane_doe: p/visuals/raw/x/s.000${frame}.exr`),
    ]);
  });

  test('keeps the link of a single file that became a frame of a sequence', async () => {
    const single = await addAsset(database.sql, id, 'y/t.0001.exr', { fileType: 'image' });
    await linkPackage(id, options);
    await database.sql`UPDATE assets SET missing_since = now() WHERE id = ${single}`;
    await addAsset(database.sql, id, 'y/t.####.exr', { frames: [1, 2, 4] });
    expect((await swept()).filter((line) => line.includes('/t.'))).toEqual([
      'jane_doe: p/visuals/raw/y/t.0001.exr',
      'jane_doe: p/visuals/raw/y/t.0002.exr',
    ]);
  });

  test('keeps the links of two packages apart that share a name and a subject', async () => {
    const other = await makePackage(database.sql, folders, 'p', { 'a.mov': {}, 'other.mov': {} });
    expect(await linkPackage(other, options)).toMatchObject({ made: 1, failed: 1 });
    expect(await linkPackage(id, options)).toMatchObject({ made: 2, failed: 0 });
    expect(await links()).toHaveLength(5);
    await database.sql`UPDATE packages SET deleted_at = now() WHERE id = ${id}`;
    await sweepLinks(options);
    expect(await links()).toEqual(['jane_doe: p/visuals/raw/other.mov']);
    await database.sql`UPDATE dataset_links SET updated_at = now() - interval '1 hour' WHERE problem IS NOT NULL`;
    await sweepLinks(options);
    expect(await links()).toEqual(['jane_doe: p/visuals/raw/a.mov', 'jane_doe: p/visuals/raw/other.mov']);
    await expectSettled();
  });

  test('keeps links that two packages of one folder share while one of them needs them', async () => {
    const other = await makePackage(database.sql, folders, 'p', { 'a.mov': {} });
    await database.sql`
      UPDATE packages SET source_path = (SELECT source_path FROM packages WHERE id = ${id}) WHERE id = ${other}`;
    expect(await linkPackage(other, options)).toMatchObject({ made: 1, failed: 0 });
    await database.sql`UPDATE packages SET deleted_at = now() WHERE id = ${id}`;
    await sweepLinks(options);
    expect(await links()).toEqual(['jane_doe: p/visuals/raw/a.mov']);
    await database.sql`UPDATE packages SET deleted_at = now() WHERE id = ${other}`;
    await sweepLinks(options);
    expect((await links()).filter((line) => !line.startsWith('!'))).toEqual([]);
  });

  test('ignores packages that were ingested without links, and links of other hosts', async () => {
    const quiet = await makePackage(database.sql, folders, 'quiet', { 'a.mov': {} });
    await database.sql`
      INSERT INTO runs (id, project_id, package_id, options)
      SELECT ${uuid()}, project_id, id, '{"skip_links": true}' FROM packages WHERE id = ${quiet}`;
    await database.sql`UPDATE dataset_links SET host = 'there', link_path = '/there/a.mov'`;
    expect(await sweepLinks(options)).toEqual({ packages: 0, removed: 0 });
  });

  test('retries failed links after a while', async () => {
    const { sql } = database;
    await sql`UPDATE dataset_links SET problem = 'The datasets root is full.'`;
    expect(await outdatedPackages(options, folders.datasets)).toEqual([]);
    await sql`UPDATE dataset_links SET updated_at = now() - interval '1 hour'`;
    await sweepLinks(options);
    expect(await row(id)).toEqual({ made: 2, failed: 0, problem: null });
  });
});
