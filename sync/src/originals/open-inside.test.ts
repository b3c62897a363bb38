import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openInside } from './open-inside.ts';

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-open-inside-'));
  root = path.join(folder, 'root');
  await mkdir(path.join(root, 'package'), { recursive: true });
  await mkdir(path.join(folder, 'outside'));
  await writeFile(path.join(root, 'package/1.png'), 'inside');
  await writeFile(path.join(folder, 'outside/1.png'), 'secret');
});
afterEach(() => rm(folder, { recursive: true }));

describe('openInside', () => {
  test('never opens a file outside while a parent folder is swapped for a link', async () => {
    const way = path.join(root, 'package');
    const aside = path.join(root, 'aside');
    const link = path.join(root, 'link');
    await symlink(path.join(folder, 'outside'), link);
    const swapping = new AbortController();
    const swaps = (async () => {
      while (!swapping.signal.aborted) {
        await rename(way, aside);
        await rename(link, way);
        await rename(way, link);
        await rename(aside, way);
      }
    })();
    const read: string[] = [];
    for (let attempt = 0; attempt < 1000; attempt++) {
      const opened = await openInside(path.join(way, '1.png'), [root]);
      if (typeof opened === 'string') continue;
      read.push(await opened.handle.readFile('utf8'));
      await opened.handle.close();
    }
    swapping.abort();
    await swaps;
    expect(new Set(read)).toEqual(new Set(['inside']));
  });

  test('follows a link within the roots and reports one that leads outside', async () => {
    await symlink(path.join(root, 'package/1.png'), path.join(root, 'within.png'));
    await symlink(path.join(folder, 'outside/1.png'), path.join(root, 'out.png'));
    const within = await openInside(path.join(root, 'within.png'), [root]);
    if (typeof within === 'string') throw new Error(within);
    expect(await within.handle.readFile('utf8')).toBe('inside');
    await within.handle.close();
    expect(await openInside(path.join(root, 'out.png'), [root])).toBe('outside');
    expect(await openInside(path.join(root, 'none.png'), [root])).toBe('missing');
    expect(await openInside(path.join(root, 'package'), [root])).toBe('missing');
  });
});
