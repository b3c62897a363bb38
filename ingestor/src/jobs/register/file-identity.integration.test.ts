/** People's work stays with its picture, whatever happens to the files' names. */
import { chmod, copyFile, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Scanner } from '../../testing/scanner.ts';

let scanner: Scanner;
beforeAll(async () => {
  scanner = await Scanner.make();
});
beforeEach(() => scanner.clear());
afterAll(() => scanner[Symbol.asyncDispose]());

const crop = (number: number) => `faces/0000${number}_0.tif`;
const frame = (stem: string, number: number) => `${stem}.${number}.tif`;
/** The picture in `a/b/00003_0.tif` is `3`. */
const numberIn = (path: string) => /0*(\d+)(?:_0)?\.tif$/.exec(path)?.[1] ?? path;

async function move(from: string, to: string): Promise<void> {
  await mkdir(scanner.at(to, '..'), { recursive: true });
  await rename(scanner.at(from), scanner.at(to));
}

/** A package of pictures, each tagged with its number. */
async function deliver(name: string, files: readonly string[]): Promise<void> {
  for (const [index, file] of files.entries()) await scanner.picture(`${name}/${file}`, index + 1);
  await scanner.scan(name);
  await scanner.tagAll(numberIn);
}

/** Gives all files of one package the same whole second, as copying programs do. */
async function sameTime(name: string, files: readonly string[]): Promise<void> {
  for (const file of files) await utimes(scanner.at(name, file), 1_700_000_000, 1_700_000_000);
}

describe.each([
  ['with times of their own', false],
  ['of one size and second', true],
])('pictures %s', (_, coarse) => {
  async function deliverCrops(count: number): Promise<void> {
    const files = Array.from({ length: count }, (_each, index) => crop(index + 1));
    for (const [index, file] of files.entries()) await scanner.picture(`day/${file}`, index + 1);
    if (coarse) await sameTime('day', files);
    await scanner.scan('day');
    await scanner.tagAll(numberIn);
  }

  test('keep their tags when one is deleted and the gap is closed', async () => {
    await deliverCrops(8);
    await rm(scanner.at('day', crop(3)));
    for (let number = 4; number <= 8; number += 1) await move(`day/${crop(number)}`, `day/${crop(number - 1)}`);
    await scanner.scan('day');
    expect(await scanner.lines()).toEqual([
      'day/faces/00001_0.tif: 1',
      'day/faces/00002_0.tif: 2',
      'day/faces/00003_0.tif: 4',
      'day/faces/00004_0.tif: 5',
      'day/faces/00005_0.tif: 6',
      'day/faces/00006_0.tif: 7',
      'day/faces/00007_0.tif: 8',
      'day/faces/00003_0.tif: 3 (missing)',
    ]);
    // Nothing was read or remade.
    expect(new Set((await scanner.rows()).map(({ thumbnail }) => thumbnail))).toEqual(new Set(['ready']));
  });

  test('keep their tags when their names are rotated', async () => {
    await deliverCrops(5);
    const swap = async (one: number, other: number) => {
      await move(`day/${crop(one)}`, 'day/aside.tif');
      await move(`day/${crop(other)}`, `day/${crop(one)}`);
      await move('day/aside.tif', `day/${crop(other)}`);
    };
    await swap(1, 2);
    await swap(3, 4);
    await swap(4, 5);
    await scanner.scan('day');
    expect((await scanner.rows()).map(({ path, tags }) => `${numberIn(path)}: ${tags}`)).toEqual([
      '1: 2',
      '2: 1',
      '3: 4',
      '4: 5',
      '5: 3',
    ]);
  });

  test('keep their tags when their contents are exchanged by copying', async () => {
    await deliverCrops(3);
    await copyFile(scanner.at('day', crop(1)), scanner.at('aside.tif'));
    await copyFile(scanner.at('day', crop(2)), scanner.at('day', crop(1)));
    await copyFile(scanner.at('aside.tif'), scanner.at('day', crop(2)));
    if (coarse) await sameTime('day', [crop(1), crop(2)]);
    await scanner.scan('day');
    const told = (await scanner.rows()).map(({ path, tags }) => `${numberIn(path)}: ${tags}`);
    expect(told).toEqual(['1: 2', '2: 1', '3: 3']);
  });
});

test('tags follow a chain of renames across folders and packages', async () => {
  const [a1, b2, b3] = ['a/00001_0.tif', 'b/00002_0.tif', 'b/00003_0.tif'] as const;
  const [t4, t5] = ['00004_0.tif', '00005_0.tif'] as const;
  for (const [index, file] of [a1, b2, b3].entries()) await scanner.picture(`one/${file}`, index + 1);
  for (const [index, file] of [t4, t5].entries()) await scanner.picture(`two/${file}`, index + 4);
  await scanner.scan('one');
  await scanner.scan('two');
  await scanner.tagAll(numberIn);
  await scanner.sql`UPDATE assets SET review_status = 'approved' WHERE name = '00003_0.tif'`;
  await move(`two/${t4}`, 'aside.tif');
  await move(`one/${b3}`, `two/${t4}`);
  await move(`one/${b2}`, `one/${b3}`);
  await move(`one/${a1}`, `one/${b2}`);
  await move('aside.tif', `one/${a1}`);
  for (const name of ['two', 'one', 'two']) await scanner.scan(name);
  expect(await scanner.lines()).toEqual([
    `one/${a1}: 4`,
    `one/${b2}: 1`,
    `one/${b3}: 2`,
    `two/${t4}: 3`,
    `two/${t5}: 5`,
  ]);
  expect((await scanner.rows()).filter(({ review }) => review === 'approved').map(({ tags }) => tags)).toEqual([['3']]);
});

test('pictures of two packages keep their tags when they are exchanged, one of them by a copy', async () => {
  await scanner.picture('monday/a/00001_0.tif', 1);
  await scanner.picture('tuesday/b/00002_0.tif', 2);
  for (const name of ['monday', 'tuesday']) await scanner.scan(name);
  await scanner.tagAll(numberIn);
  // A copy has another inode and time: only its content identifies the picture.
  await copyFile(scanner.at('tuesday/b/00002_0.tif'), scanner.at('aside.tif'));
  await rm(scanner.at('tuesday/b/00002_0.tif'));
  await move('monday/a/00001_0.tif', 'tuesday/b/00003_0.tif');
  await move('aside.tif', 'monday/a/00001_0.tif');
  for (const name of ['monday', 'tuesday', 'monday']) await scanner.scan(name);
  expect(await scanner.lines()).toEqual(['monday/a/00001_0.tif: 2', 'tuesday/b/00003_0.tif: 1']);
});

describe.each([
  ['renamed', false],
  ['copied and deleted', true],
])('a picture that was %s into another package while a new one took its name', (_, byCopy) => {
  test.each([[['monday', 'tuesday']], [['tuesday', 'monday']]])(
    'keeps its tags, and the new one has none, when they are scanned in the order %j',
    async (order) => {
      await scanner.picture('monday/00001_0.tif', 1);
      await scanner.picture('tuesday/00002_0.tif', 2);
      for (const name of ['monday', 'tuesday']) await scanner.scan(name);
      await scanner.tagAll(numberIn);
      await scanner.sql`UPDATE assets SET review_status = 'approved', picked_up_at = now(), picked_up_by = 'me' WHERE name = '00001_0.tif'`;
      const former = await scanner.sql`SELECT id, content_hash FROM assets WHERE name = '00001_0.tif'`;
      if (byCopy) {
        await copyFile(scanner.at('monday/00001_0.tif'), scanner.at('tuesday/00003_0.tif'));
        // Written before the deletion, so that it gets its own inode.
        await scanner.picture('aside.tif', 77);
        await rm(scanner.at('monday/00001_0.tif'));
      } else {
        await move('monday/00001_0.tif', 'tuesday/00003_0.tif');
        await scanner.picture('aside.tif', 77);
      }
      await move('aside.tif', 'monday/00001_0.tif');
      for (const name of order) await scanner.scan(name);
      expect(await scanner.lines()).toEqual([
        'monday/00001_0.tif: ',
        'tuesday/00002_0.tif: 2',
        'tuesday/00003_0.tif: 1',
      ]);
      const rows = await scanner.rows();
      expect(rows.map(({ review, probe, thumbnail }) => [review, probe, thumbnail])).toEqual([
        ['unreviewed', 'ready', 'ready'],
        ['unreviewed', 'ready', 'ready'],
        ['approved', 'ready', 'ready'],
      ]);
      expect(await scanner.sql`SELECT id, content_hash FROM assets WHERE name = '00003_0.tif'`).toEqual(former);
      expect(await scanner.sql`SELECT FROM former_files`).toHaveLength(0);
    },
  );
});

test('an edited picture keeps its tags when an old copy of it is delivered later', async () => {
  await scanner.picture('monday/00001_0.tif', 1);
  await scanner.picture('tuesday/00009_0.tif', 9);
  for (const name of ['monday', 'tuesday']) await scanner.scan(name);
  await scanner.tagAll(numberIn);
  await copyFile(scanner.at('monday/00001_0.tif'), scanner.at('old.tif'));
  await scanner.picture('edited.tif', 77);
  await move('edited.tif', 'monday/00001_0.tif');
  for (const name of ['monday', 'tuesday']) await scanner.scan(name);
  await move('old.tif', 'tuesday/00002_0.tif');
  await scanner.scan('tuesday');
  expect(await scanner.lines()).toEqual(['monday/00001_0.tif: 1', 'tuesday/00002_0.tif: ', 'tuesday/00009_0.tif: 9']);
});

describe('an asset with tags and one with a copy of its picture', () => {
  /** The packages must not be empty, and `monday` is scanned first. */
  const others = ['monday/00008_0.tif: 8', 'tuesday/00009_0.tif: 9'];

  beforeEach(async () => {
    await scanner.picture('monday/00008_0.tif', 8);
    await scanner.picture('tuesday/00009_0.tif', 9);
    await scanner.picture('tuesday/00001_0.tif', 1);
    for (const name of ['monday', 'tuesday']) await scanner.scan(name);
    await scanner.tagAll(numberIn);
  });

  test('become one when the first is deleted while the copy moves to a package that is scanned later', async () => {
    await copyFile(scanner.at('tuesday/00001_0.tif'), scanner.at('tuesday/00002_0.tif'));
    await scanner.scan('tuesday');
    await rm(scanner.at('tuesday/00001_0.tif'));
    await move('tuesday/00002_0.tif', 'monday/00003_0.tif');
    for (const name of ['tuesday', 'monday']) await scanner.scan(name);
    expect(await scanner.lines()).toEqual(['monday/00003_0.tif: 1', ...others].toSorted());
  });

  test('become one when the first is deleted after it moved to the package of the copy', async () => {
    await copyFile(scanner.at('tuesday/00001_0.tif'), scanner.at('monday/00002_0.tif'));
    await scanner.scan('monday');
    await move('tuesday/00001_0.tif', 'monday/00003_0.tif');
    for (const name of ['monday', 'tuesday']) await scanner.scan(name);
    await rm(scanner.at('monday/00003_0.tif'));
    await scanner.scan('monday');
    expect(await scanner.lines()).toEqual(['monday/00002_0.tif: 1', ...others]);
  });

  test('stay two when the first is edited and saved as a new file while the copy is renamed', async () => {
    await copyFile(scanner.at('tuesday/00001_0.tif'), scanner.at('tuesday/00002_0.tif'));
    await scanner.scan('tuesday');
    await scanner.picture('aside.tif', 77);
    await move('aside.tif', 'tuesday/00001_0.tif');
    await move('tuesday/00002_0.tif', 'tuesday/00003_0.tif');
    await scanner.scan('tuesday');
    expect(await scanner.lines()).toEqual(['tuesday/00001_0.tif: 1', 'tuesday/00003_0.tif: ', ...others].toSorted());
  });

  test('stay two when they were delivered together, and the first is deleted after both moved', async () => {
    await scanner.picture('wednesday/00003_0.tif', 3);
    await copyFile(scanner.at('wednesday/00003_0.tif'), scanner.at('wednesday/00004_0.tif'));
    await scanner.picture('wednesday/00007_0.tif', 7);
    await scanner.scan('wednesday');
    const rows = await scanner.rows();
    await scanner.tag(rows.find(({ path }) => path === '00003_0.tif')?.id ?? '', '3');
    for (const file of ['00003_0.tif', '00004_0.tif']) await move(`wednesday/${file}`, `monday/${file}`);
    for (const name of ['wednesday', 'monday']) await scanner.scan(name);
    await rm(scanner.at('monday/00003_0.tif'));
    await scanner.scan('monday');
    expect((await scanner.lines()).filter((line) => /0000[34]/.test(line))).toEqual([
      'monday/00004_0.tif: ',
      'monday/00003_0.tif: 3 (missing)',
    ]);
  });
});

test('a picture that replaces a deleted one keeps its own tags, and a new one has none', async () => {
  await deliver('day', [crop(1), crop(2), crop(3)]);
  await rm(scanner.at('day', crop(1)));
  await scanner.scan('day');
  await move(`day/${crop(2)}`, `day/${crop(1)}`);
  await copyFile(scanner.at('day', crop(3)), scanner.at('day', crop(4)));
  await scanner.picture(`day/${crop(2)}`, 77);
  await scanner.scan('day');
  expect(await scanner.lines()).toEqual([
    'day/faces/00001_0.tif: 2',
    'day/faces/00002_0.tif: ',
    'day/faces/00003_0.tif: 3',
    'day/faces/00004_0.tif: ',
    'day/faces/00001_0.tif: 1 (missing)',
  ]);
});

describe('a sequence', () => {
  test('is the same asset as the single frame that it grew from, and as the frame that is left of it', async () => {
    await scanner.picture(`day/${frame('plate', 1001)}`, 1);
    await scanner.scan('day');
    await scanner.tagAll(() => 'hero');
    await scanner.sql`UPDATE assets SET review_status = 'approved'`;
    await scanner.picture(`day/${frame('plate', 1002)}`, 2);
    await scanner.picture(`day/${frame('plate', 1003)}`, 3);
    await scanner.scan('day');
    expect(await scanner.lines()).toEqual(['day/plate.####.tif: hero']);
    expect(await scanner.rows()).toMatchObject([{ review: 'approved', probe: 'ready', thumbnail: 'ready' }]);
    await rm(scanner.at('day', frame('plate', 1001)));
    await rm(scanner.at('day', frame('plate', 1003)));
    await scanner.scan('day');
    expect(await scanner.lines()).toEqual(['day/plate.1002.tif: hero']);
    const [row] = await scanner.sql`SELECT file_type, first_frame, probe_status FROM assets`;
    expect(row).toEqual({ file_type: 'image', first_frame: null, probe_status: 'ready' });
  });

  test('leaves its tags with each part when it is split, and brings them when it joins another', async () => {
    for (const number of [1001, 1002, 1003, 1004, 1005]) await scanner.picture(`day/${frame('plate', number)}`, number);
    await scanner.scan('day');
    await scanner.tagAll(() => 'hero');
    const [first] = await scanner.rows();
    for (const number of [1004, 1005]) await move(`day/${frame('plate', number)}`, `day/b/${frame('tail', number)}`);
    await scanner.scan('day');
    expect(await scanner.lines()).toEqual(['day/b/tail.####.tif: hero', 'day/plate.####.tif: hero']);
    const tail = (await scanner.rows()).find(({ path }) => path.startsWith('b/'));
    await scanner.tag(tail?.id ?? '', 'tail');
    for (const number of [1004, 1005]) await move(`day/b/${frame('tail', number)}`, `day/${frame('plate', number)}`);
    await scanner.scan('day');
    expect(await scanner.lines()).toEqual(['day/plate.####.tif: hero tail']);
    expect((await scanner.rows())[0]?.id).toBe(first?.id);
    expect(await scanner.sql`SELECT id, into_id FROM merged_assets`).toEqual([{ id: tail?.id, into_id: first?.id }]);
  });

  test('reports duplicate frames only while they exist', async () => {
    for (const name of ['a.0001.tif', 'a.0002.tif', 'a.0003.tif', 'a.1.tif', 'a.2.tif']) {
      await scanner.picture(`day/${name}`, name.length * 10 + Number(name[name.length - 5]));
    }
    await scanner.scan('day');
    const duplicates = async () =>
      Object.fromEntries(
        (await scanner.sql`SELECT name, duplicate_frames FROM assets WHERE missing_since IS NULL`).map((row) => [
          row['name'],
          row['duplicate_frames'],
        ]),
      );
    expect(await duplicates()).toEqual({ 'a.####.tif': '1-2', 'a.#.tif': '1-2' });
    await rm(scanner.at('day/a.1.tif'));
    await rm(scanner.at('day/a.2.tif'));
    await scanner.scan('day');
    expect(await duplicates()).toEqual({ 'a.####.tif': null });
  });
});

describe('an unchanged file', () => {
  /** The assets as replicas have them, and the facts found about them. */
  const kept = async () => scanner.sql`
    SELECT id, name, folder, missing_since, content_hash, thumbnail_key, placeholder, probe_status, thumbnail_status
    FROM assets ORDER BY name`;
  /** A mark that disappears when the thumbnail is remade. */
  const mark = () => scanner.sql`UPDATE assets SET placeholder = '\\x01'`;

  test('is not read again after the device number changes', async () => {
    await deliver('day', [crop(1), crop(2)]);
    await mark();
    const before = await kept();
    await scanner.sql`UPDATE assets SET device = device + 1`;
    const versions = await scanner.sql`SELECT xmin::text FROM assets ORDER BY name`;
    await scanner.scan('day');
    expect(await kept()).toEqual(before);
    expect(await scanner.sql`SELECT xmin::text FROM assets ORDER BY name`).toEqual(versions);
    // One more file makes the scan compare the folder row by row.
    await scanner.picture(`day/${crop(3)}`, 3);
    await scanner.scan('day');
    expect((await kept()).slice(0, 2)).toEqual(before);
  });

  test('is left alone when inodes are unstable', async () => {
    await deliver('day', [crop(1), crop(2)]);
    await mark();
    const before = await kept();
    await scanner.sql`UPDATE assets SET device = device + 1, inode = inode + 1000000`;
    await scanner.picture(`day/${crop(3)}`, 3);
    await scanner.scan('day');
    expect((await kept()).slice(0, 2)).toEqual(before);
    await scanner.sql`UPDATE assets SET inode = inode + 1000000, changed_ns = changed_ns - 5`;
    await scanner.picture(`day/${crop(4)}`, 4);
    await scanner.scan('day');
    expect((await kept()).slice(0, 2)).toEqual(before);
  });

  test('is retried when a permission is restored', async () => {
    await deliver('day', [crop(1)]);
    await scanner.sql`
      UPDATE assets SET probe_status = 'failed', thumbnail_status = 'failed', thumbnail_key = NULL, problem = 'It may not be read.'`;
    await scanner.scan('day');
    expect(await scanner.rows()).toMatchObject([{ probe: 'failed' }]);
    await chmod(scanner.at('day', crop(1)), 0o600);
    await scanner.scan('day');
    expect(await scanner.rows()).toMatchObject([{ probe: 'ready', thumbnail: 'ready', tags: ['1'] }]);
    expect(await scanner.sql`SELECT problem FROM assets`).toEqual([{ problem: null }]);
  });
});

test('a file whose content changed is read again although its size and time were restored', async () => {
  await deliver('day', [crop(1)]);
  const [before] = await scanner.sql`SELECT content_hash, thumbnail_key FROM assets`;
  const { atime, mtime } = await stat(scanner.at('day', crop(1)));
  await utimes(scanner.at('day', crop(1)), atime, mtime);
  await scanner.scan('day');
  const other = await scanner.sql`SELECT content_hash, thumbnail_key FROM assets`;
  expect(other).toEqual([before]);
  await scanner.picture('aside.tif', 99);
  await writeFile(scanner.at('day', crop(1)), await readFile(scanner.at('aside.tif')));
  await utimes(scanner.at('day', crop(1)), atime, mtime);
  await scanner.scan('day');
  const [after] = await scanner.sql`SELECT content_hash, thumbnail_key, probe_status FROM assets`;
  expect(after?.['probe_status']).toBe('ready');
  expect(after?.['content_hash']).not.toBe(before?.['content_hash']);
  expect(after?.['thumbnail_key']).not.toBe(before?.['thumbnail_key']);
  expect((await scanner.rows())[0]?.tags).toEqual(['1']);
});
