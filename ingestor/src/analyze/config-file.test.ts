import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasConfig, parentHasConfig } from './config-file.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ihub-config-'));
});
afterEach(() => rm(root, { recursive: true }));

test.each(['client', 'caf\uefe9'])('parentHasConfig finds a config.json beside a folder within %j', async (name) => {
  const folder = path.join(root, name, 'plate');
  await mkdir(diskPath(folder), { recursive: true });
  expect(await parentHasConfig(folder, [root])).toBe(false);
  await writeFile(diskPath(path.join(root, name, 'config.json')), '{}');
  expect(await parentHasConfig(folder, [root])).toBe(true);
  expect(await hasConfig(folder)).toBe(false);
});

test('parentHasConfig does not look above a media root', async () => {
  await writeFile(path.join(root, 'config.json'), '{}');
  const inner = path.join(root, 'root');
  await mkdir(inner);
  expect(await parentHasConfig(inner, [inner])).toBe(false);
});
