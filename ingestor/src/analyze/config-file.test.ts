import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderToPropose, hasConfig, parentHasConfig } from './config-file.ts';

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

describe('folderToPropose', () => {
  test.each<[string, string, string | null]>([
    ['a subject', '{"subject": " Maria Lopez ", "frame_rate": 24}', 'Maria Lopez'],
    ['no subject', '{"frame_rate": 24}', null],
    ['a subject of the wrong type', '{"subject": ["a"]}', null],
    ['an empty or too long subject', `{"subject": "${'x'.repeat(201)}"}`, null],
    ['the word for no one', '{"subject": "Shared"}', null],
    ['invalid JSON', '{"subject": ', null],
    ['more than it reads', `{"subject": "a", "more": "${'x'.repeat(70_000)}"}`, null],
  ])('folderToPropose reads a config.json with %s', async (_, text, subject) => {
    const folder = path.join(root, 'delivery');
    await mkdir(folder);
    await writeFile(path.join(folder, 'config.json'), text);
    expect(await folderToPropose(folder, root)).toEqual({
      path: folder,
      root,
      parentHasConfig: false,
      configSubject: subject,
    });
  });

  test('folderToPropose reads neither a pipe nor a link that are called config.json', async () => {
    await writeFile(path.join(root, 'outside.json'), '{"subject": "ada"}');
    const media = path.join(root, 'media');
    for (const name of ['pipe', 'link']) await mkdir(path.join(media, name), { recursive: true });
    execFileSync('mkfifo', [path.join(media, 'pipe', 'config.json')]);
    await symlink(path.join(root, 'outside.json'), path.join(media, 'link', 'config.json'));
    for (const name of ['pipe', 'link']) {
      const folder = path.join(media, name);
      expect(await folderToPropose(folder, media)).toMatchObject({ configSubject: null });
      expect(await hasConfig(folder)).toBe(true);
    }
  });

  test('folderToPropose prefers the folder’s own config.json to one beside it', async () => {
    const folder = path.join(root, 'delivery');
    await mkdir(folder);
    await writeFile(path.join(root, 'config.json'), '{"subject": "ada"}');
    expect(await folderToPropose(folder, root)).toMatchObject({ parentHasConfig: true, configSubject: 'ada' });
    await writeFile(path.join(folder, 'config.json'), '{"subject": "bea"}');
    expect(await folderToPropose(folder, root)).toMatchObject({ parentHasConfig: true, configSubject: 'bea' });
  });
});
