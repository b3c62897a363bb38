import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePrivateFolders } from './private-folders.ts';

test('makePrivateFolders: restricts every folder to its owner, even an open one, and keeps its contents', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ihub-private-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  await mkdir(path.join(dataDir, 'derivatives/ab'), { recursive: true });
  await chmod(path.join(dataDir, 'derivatives'), 0o755);
  await makePrivateFolders(dataDir);
  const folders = await readdir(dataDir);
  expect(folders).toContain('shapes');
  for (const name of folders) expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o700);
  expect(await readdir(path.join(dataDir, 'derivatives'))).toEqual(['ab']);
});
