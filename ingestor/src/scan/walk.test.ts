import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFolder } from './check-folder.ts';
import { isInside, rootOf } from './media-roots.ts';
import { walkFolder } from './walk.ts';

let base: string;
let root: string;
beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-walk-')));
  root = path.join(base, 'root');
  const write = async (name: string) => {
    await mkdir(path.dirname(path.join(base, name)), { recursive: true });
    await writeFile(path.join(base, name), 'x');
  };
  for (const name of ['root/day/b.mov', 'root/day/a.mov', 'root/day/deep/c.mov', 'root/other/d.mov']) await write(name);
  for (const name of ['.DS_Store', '._a.mov', 'Thumbs.db', '@eaDir/x.jpg', '#recycle/y.mov', '.snapshot/z.mov']) {
    await write(`root/day/${name}`);
  }
  await write('rootX/secret.mov');
  await mkdir(path.join(root, 'empty/@eaDir'), { recursive: true });
  await symlink(path.join(base, 'rootX'), path.join(root, 'day/escape'));
  await symlink(path.join(base, 'rootX/secret.mov'), path.join(root, 'day/escape.mov'));
  await symlink(path.join(root, 'day'), path.join(root, 'day/deep/loop'));
  await symlink(path.join(root, 'other'), path.join(root, 'day/linked'));
  await symlink('nowhere', path.join(root, 'day/dangling.mov'));
});

test('walkFolder lists files in order, without litter, loops and links that leave the roots', async () => {
  const seen: string[] = [];
  for await (const entry of walkFolder(path.join(root, 'day'), { roots: [root] })) {
    seen.push(`${entry.kind} ${entry.relativePath}`);
  }
  expect(seen).toEqual([
    'file a.mov',
    'file b.mov',
    'unreadable dangling.mov',
    'folder deep',
    'file deep/c.mov',
    'folder linked',
    'file linked/d.mov',
  ]);
});

describe('isInside', () => {
  test.each([
    ['/media/root', '/media/root', true],
    ['/media/root', '/media/root/a', true],
    ['/media/root', '/media/root/..a', true],
    ['/media/root', '/media/rootX', false],
    ['/media/root', '/media', false],
    ['/', '/media', true],
  ])('isInside(%s, %s) is %s', (outer, inner, expected) => expect(isInside(outer, inner)).toBe(expected));
});

test('rootOf returns the innermost root', () => {
  expect(rootOf(['/media', '/media/a', '/m'], '/media/a/b')).toBe('/media/a');
});

describe('checkFolder', () => {
  test('resolves links that stay inside', async () => {
    expect(await checkFolder(path.join(root, 'day/linked'), [root])).toBe(path.join(root, 'other'));
  });

  test.each([
    ['a folder beside the root with its name as prefix', 'rootX', 'outside the media roots'],
    ['a link out of the root', 'root/day/escape', 'outside the media roots'],
    ['a path out of the root with dots', 'root/../rootX', 'outside the media roots'],
    ['a missing folder', 'root/nothing', 'does not exist'],
    ['a file', 'root/day/a.mov', 'is a file'],
    ['a folder of litter only', 'root/empty', 'contains no files'],
  ])('checkFolder rejects %s', async (_, name, message) => {
    await expect(checkFolder(`${base}/${name}`, [root])).rejects.toThrow(message);
  });
});
