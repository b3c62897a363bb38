import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bornAt } from './file-identity.ts';
import { listNames } from './list-names.ts';
import type { Unreadable } from './pending-folder.ts';
import { type FolderListing, scanTree } from './scan-tree.ts';

const run = promisify(execFile);

/** Creates a folder of empty files that is removed after the test. */
async function tree(names: readonly string[] = [], parent = tmpdir()): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(parent, 'ihub-scan-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const parentName of new Set(names.map((name) => path.dirname(name)))) {
    await mkdir(`${folder}/${parentName}`, { recursive: true });
  }
  for (const name of names) writeFileSync(`${folder}/${name}`, '');
  return folder;
}

interface Scanned {
  readonly listings: FolderListing[];
  readonly unreadable: Unreadable[];
  /** Paths of all files, in the order in which they were yielded. */
  readonly paths: string[];
}

async function scan(folder: string, roots = [folder], below?: string): Promise<Scanned> {
  const listings: FolderListing[] = [];
  const unreadable: Unreadable[] = [];
  for await (const item of scanTree(folder, { roots, below })) {
    if ('problem' in item) unreadable.push(item);
    else listings.push(item);
  }
  return { listings, unreadable, paths: listings.flatMap(({ files }) => files.map((file) => file.relativePath)) };
}

async function names(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const item of listNames(folder, { roots: [folder] })) {
    if ('names' in item) found.push(...item.names.map((name) => (item.path === '' ? name : `${item.path}/${name}`)));
  }
  return found;
}

const fingerprints = async (folder: string) =>
  Object.fromEntries((await scan(folder)).listings.map(({ path: place, fingerprint }) => [place, fingerprint]));

describe('scanTree', () => {
  test('yields each folder before its subfolders, in name order, including empty ones', async () => {
    const folder = await tree(['b.mov', 'a/2.mov', 'a/1.mov', 'a/deep/x.mov', 'a.mov', 'c/z.mov']);
    await mkdir(`${folder}/empty`);
    const { listings, paths } = await scan(folder);
    expect(listings.map((listing) => listing.path)).toEqual(['', 'a', 'a/deep', 'c', 'empty']);
    expect(paths).toEqual(['a.mov', 'b.mov', 'a/1.mov', 'a/2.mov', 'a/deep/x.mov', 'c/z.mov']);
  });

  test('reports each file’s size, times, device and inode as the system does', async () => {
    const folder = await tree();
    await writeFile(`${folder}/a.mov`, 'four');
    const [file] = (await scan(folder)).listings[0]?.files ?? [];
    const stats = await stat(`${folder}/a.mov`, { bigint: true });
    expect(file).toEqual({
      relativePath: 'a.mov',
      size: 4,
      modifiedAt: stats.mtime,
      modifiedNs: stats.mtimeNs,
      changedNs: stats.ctimeNs,
      device: BigInt.asIntN(64, stats.dev),
      inode: BigInt.asIntN(64, stats.ino),
      bornNs: bornAt(stats),
    });
  });

  test('reads a folder with more files than one request holds', async () => {
    const all = Array.from({ length: 1200 }, (_, index) => `many/${String(index).padStart(5, '0')}.png`);
    const folder = await tree(['first/a.mov', ...all, 'next/b.mov']);
    const { paths } = await scan(folder);
    expect(paths).toEqual(['first/a.mov', ...all, 'next/b.mov']);
    expect(await names(folder)).toEqual(paths);
    expect(await fingerprints(folder)).toEqual(await fingerprints(folder));
  });

  test('reads many folders', async () => {
    const all = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, '0')}/a/b.mov`);
    expect((await scan(await tree(all))).paths).toEqual(all);
  });

  test('starts at the given subfolder', async () => {
    const folder = await tree(['a.mov', 'day/b.mov', 'day/cam/c.mov', 'other/d.mov', '.hidden/e.mov']);
    const outside = await tree(['f.mov']);
    await symlink(outside, `${folder}/escape`);
    expect((await scan(folder, [folder], 'day')).paths).toEqual(['day/b.mov', 'day/cam/c.mov']);
    for (const below of ['gone', '.hidden', 'escape', 'a.mov/b', '..']) {
      expect(await scan(folder, [folder], below)).toEqual({ listings: [], unreadable: [], paths: [] });
    }
  });

  test('reports that the folder itself is gone', async () => {
    const folder = await tree();
    await rm(folder, { recursive: true });
    expect((await scan(folder)).unreadable).toEqual([{ relativePath: '', problem: 'it is gone' }]);
  });

  test('throws its signal’s reason, even while it waits', async () => {
    const folder = await tree(['a/1.mov', 'b/2.mov', 'c/3.mov']);
    const controller = new AbortController();
    const walk = scanTree(folder, { roots: [folder], signal: controller.signal });
    await walk.next();
    controller.abort(new Error('enough'));
    await expect(walk.next()).rejects.toThrow('enough');
    await expect(scanTree(folder, { roots: [folder], signal: controller.signal }).next()).rejects.toThrow('enough');
  });

  test('can be stopped early and started again', async () => {
    const folder = await tree(['a/1.mov', 'b/2.mov']);
    for await (const item of scanTree(folder, { roots: [folder] })) {
      expect(item).toMatchObject({ path: '' });
      break;
    }
    expect((await scan(folder)).paths).toEqual(['a/1.mov', 'b/2.mov']);
  });

  test('tolerates the deletion of everything during the scan', async () => {
    const all = Array.from({ length: 1500 }, (_, index) => `${index % 50}/${index}.png`);
    const folder = await tree(all);
    const [scanned] = await Promise.all([scan(folder), rm(folder, { recursive: true, force: true })]);
    expect(scanned.unreadable.filter(({ relativePath }) => relativePath !== '')).toEqual([]);
  });
});

describe('names from scanTree', () => {
  test('preserve every byte of the names on disk', async () => {
    const folder = await tree();
    const bytes = (name: string) => Buffer.from(`${folder}/${name}`, 'latin1');
    await mkdir(bytes('caf\xe9'));
    await writeFile(bytes('caf\xe9/\xff\xfe.mov'), 'x');
    await writeFile(bytes('caf\xe9/\xee\xbe\x80.mov'), 'x');
    await writeFile(`${folder}/line\nbreak\t.mov`, 'x');
    await writeFile(`${folder}/ünï.mov`, 'x');
    const { paths, unreadable } = await scan(folder);
    expect(paths).toEqual([
      'line\nbreak\t.mov',
      'ünï.mov',
      'caf\uefe9/\uefee\uefbe\uef80.mov',
      'caf\uefe9/\uefff\ueffe.mov',
    ]);
    expect(unreadable).toEqual([]);
    expect(await names(folder)).toEqual(paths);
  });

  test('are right for a package whose folder is not UTF-8, and for links to it', async () => {
    const parent = await tree(['inside/a.mov']);
    await mkdir(Buffer.from(`${parent}/\xe9`, 'latin1'));
    await writeFile(Buffer.from(`${parent}/\xe9/b.mov`, 'latin1'), 'x');
    await symlink(Buffer.from(`${parent}/\xe9`, 'latin1'), `${parent}/inside/link`);
    expect((await scan(`${parent}/\uefe9`)).paths).toEqual(['b.mov']);
    expect((await scan(`${parent}/inside`, [parent])).paths).toEqual(['a.mov', 'link/b.mov']);
  });

  test('are limited to 255 bytes each, and to 2,600 with their folders', async () => {
    const long = 'n'.repeat(251);
    const folder = await tree([`${long}.mov`]);
    const deep = Array.from({ length: 10 }, () => 'f'.repeat(255)).join('/');
    // 10 times 255 and 9 slashes leave 40 bytes.
    await mkdir(`${folder}/${deep}`, { recursive: true });
    await writeFile(`${folder}/${deep}/${'a'.repeat(40)}`, 'x');
    await writeFile(`${folder}/${deep}/${'b'.repeat(41)}`, 'x');
    await mkdir(`${folder}/${deep}/${'ü'.repeat(21)}/inside`, { recursive: true });
    const { paths, unreadable } = await scan(folder);
    expect(paths).toEqual([`${long}.mov`, `${deep}/${'a'.repeat(40)}`]);
    expect(unreadable).toEqual(
      ['b'.repeat(41), 'ü'.repeat(21)].map((name) => ({
        relativePath: `${deep}/${name}`,
        problem: 'its path is longer than 2,600 bytes',
      })),
    );
  });
});

describe('entries that scanTree follows and skips', () => {
  test('skips litter and hidden files, and separates files that are being copied', async () => {
    const litter = ['.DS_Store', '._a.mov', '@eaDir/a.mov', '#recycle/a.mov', 'Thumbs.db', '~$a.docx', '.snapshot/a'];
    const partial = ['day/.a.mov.Xa81bC', 'day/a.mov', 'day/a.mov.aspx', 'day/c.mov.part'];
    const { listings, paths } = await scan(await tree([...litter, ...partial, 'day/b.mov', 'x.part/a.mov']));
    expect(paths).toEqual(['day/b.mov', 'x.part/a.mov']);
    expect(listings.flatMap((listing) => listing.partial)).toEqual(partial);
  });

  test('follows links only inside the media roots', async () => {
    const root = await tree(['day/a.mov', 'other/b.mov', 'other/c.mov']);
    const outside = await tree(['secret.mov']);
    await symlink(`${root}/other`, `${root}/day/folder`);
    await symlink(`${root}/other/c.mov`, `${root}/day/file.mov`);
    await symlink(outside, `${root}/day/escape`);
    await symlink(`${outside}/secret.mov`, `${root}/day/escape.mov`);
    await symlink('/dev/null', `${root}/day/null.mov`);
    const { paths, unreadable } = await scan(`${root}/day`, [root]);
    expect(paths).toEqual(['a.mov', 'file.mov', 'folder/b.mov', 'folder/c.mov']);
    expect(unreadable).toEqual([]);
  });

  test('breaks loops, and enters no folder by two links', async () => {
    const root = await tree(['day/a.mov', 'day/deep/b.mov', 'other/c.mov', 'third/d.mov']);
    for (const [target, name] of [
      ['day', 'day/deep/self'],
      ['', 'day/all'],
      ['day/deep', 'day/again'],
      ['other', 'day/one'],
      ['other', 'day/two'],
      ['third', 'other/third'],
      ['other', 'third/back'],
    ]) {
      await symlink(`${root}/${target}`, `${root}/${name}`);
    }
    const { paths } = await scan(`${root}/day`, [root]);
    expect(paths).toEqual(['a.mov', 'deep/b.mov', 'one/c.mov', 'one/third/d.mov']);
  });

  test('reports broken and circular links', async () => {
    const folder = await tree(['a.mov']);
    await symlink('nowhere', `${folder}/dangling.mov`);
    await symlink('circle2', `${folder}/circle1`);
    await symlink('circle1', `${folder}/circle2`);
    expect((await scan(folder)).unreadable).toEqual([
      { relativePath: 'circle1', problem: 'its links form a loop' },
      { relativePath: 'circle2', problem: 'its links form a loop' },
      { relativePath: 'dangling.mov', problem: 'it is gone, or its link is broken' },
    ]);
  });

  test('skips pipes, sockets and links to them', async () => {
    const folder = await tree(['a.mov']);
    await run('mkfifo', [`${folder}/pipe.mov`]);
    await symlink('pipe.mov', `${folder}/link.mov`);
    const server = createServer().listen(`${folder}/socket.mov`);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await scan(folder)).toMatchObject({ paths: ['a.mov'], unreadable: [] });
    expect(await names(folder)).toEqual(['a.mov']);
  });

  test('reports what it may not read, and scans the rest', async () => {
    const folder = await tree(['closed/a.mov', 'listed/b.mov', 'open/c.mov']);
    await chmod(folder, 0o755);
    // Root may read everything, so the process becomes another user for a while, after its threads have started.
    await scan(folder);
    const root = process.getuid?.() === 0;
    try {
      await chmod(`${folder}/closed`, 0o000);
      await chmod(`${folder}/listed`, root ? 0o744 : 0o444);
      if (root) process.seteuid?.(65534);
      expect(await scan(folder)).toMatchObject({
        paths: ['open/c.mov'],
        unreadable: [
          { relativePath: 'closed', problem: 'permission denied' },
          { relativePath: 'listed/b.mov', problem: 'permission denied' },
        ],
      });
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(`${folder}/closed`, 0o755);
      await chmod(`${folder}/listed`, 0o755);
    }
  });
});

describe('odd files', () => {
  test('accepts empty, sparse and hard-linked files', async () => {
    const folder = await tree(['empty.mov']);
    await writeFile(`${folder}/sparse.mov`, '');
    await truncate(`${folder}/sparse.mov`, 5 * 2 ** 30);
    await link(`${folder}/sparse.mov`, `${folder}/twin.mov`);
    const [empty, sparse, twin] = (await scan(folder)).listings[0]?.files ?? [];
    expect(empty?.size).toBe(0);
    expect(sparse?.size).toBe(5 * 2 ** 30);
    expect(twin).toEqual({ ...sparse, relativePath: 'twin.mov' });
  });

  test('keeps the times of wrong clocks', async () => {
    const folder = await tree(['past.mov', 'future.mov']);
    // Node treats a negative time as now.
    await run('touch', ['-d', '@-86400.5', `${folder}/past.mov`]);
    await utimes(`${folder}/future.mov`, 4_000_000_000, 4_000_000_000);
    const [future, past] = (await scan(folder)).listings[0]?.files ?? [];
    expect(future?.modifiedAt).toEqual(new Date('2096-10-02T07:06:40Z'));
    expect(past?.modifiedAt).toEqual(new Date('1969-12-30T23:59:59.500Z'));
    expect(past?.modifiedNs).toBe(-86_400_500_000_000n);
  });

  // Few file systems store such times; Linux' tmpfs does.
  test.skipIf(!existsSync('/dev/shm'))('clamps times to those that Postgres can store', async () => {
    const folder = await tree(['before.mov', 'never.mov', 'y2300.mov'], '/dev/shm');
    await run('touch', ['-d', '@-99999999999', `${folder}/before.mov`]);
    await run('touch', ['-d', '@999999999999', `${folder}/never.mov`]);
    await run('touch', ['-d', '@10413792000', `${folder}/y2300.mov`]);
    const [before, never, late] = (await scan(folder)).listings[0]?.files ?? [];
    expect(before).toMatchObject({ modifiedAt: new Date('0001-01-01T00:00:00Z'), modifiedNs: -(2n ** 63n) });
    expect(never).toMatchObject({ modifiedAt: new Date('9999-12-31T23:59:59.999Z'), modifiedNs: 2n ** 63n - 1n });
    expect(late).toMatchObject({ modifiedAt: new Date('2300-01-01T00:00:00Z'), modifiedNs: 2n ** 63n - 1n });
  });
});

describe('the fingerprint of a folder', () => {
  test('stays the same while the folder’s own files do', async () => {
    const folder = await tree(['a/1.mov', 'a/2.mov', 'a/deep/3.mov']);
    const before = await fingerprints(folder);
    await writeFile(`${folder}/a/deep/4.mov`, '');
    await writeFile(`${folder}/a/.hidden`, '');
    const after = await fingerprints(folder);
    expect(after).toEqual({ ...before, 'a/deep': after['a/deep'] });
    expect(after['a/deep']).not.toBe(before['a/deep']);
    await rm(`${folder}/a/deep/4.mov`);
    expect(await fingerprints(folder)).toEqual(before);
  });

  test.each<[string, (folder: string) => Promise<void>]>([
    ['another name', (folder) => rename(`${folder}/a.mov`, `${folder}/b.mov`)],
    ['another size', (folder) => truncate(`${folder}/a.mov`, 1)],
    ['another time', (folder) => utimes(`${folder}/a.mov`, 1, 1)],
    ['another file with the same name', (folder) => rename(`${folder}/other/a.mov`, `${folder}/a.mov`)],
    ['one file fewer', (folder) => rm(`${folder}/a.mov`)],
  ])('changes with %s', async (_, change) => {
    const folder = await tree(['a.mov', 'other/a.mov']);
    for (const name of ['a.mov', 'other/a.mov']) await utimes(`${folder}/${name}`, 1000, 1000);
    const { '': before } = await fingerprints(folder);
    await change(folder);
    expect((await fingerprints(folder))['']).not.toBe(before);
  });
});
