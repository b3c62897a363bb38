import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenFiles } from './open-files.ts';
import { StoredFile } from './stored-file.ts';
import { Unsynced } from './unsynced.ts';

test('Unsynced.sync covers what was added while another ran, and fails for good once it failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unsynced-'));
  const files = new OpenFiles();
  const unsynced = new Unsynced(files);
  const path = join(folder, 'file');
  await writeFile(path, 'text');

  unsynced.add(new StoredFile(path, 4));
  const running = unsynced.sync();
  unsynced.add(new StoredFile(join(folder, 'missing'), 4));
  const next = [unsynced.sync(), unsynced.sync()];
  await running;
  const results = await Promise.allSettled(next);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(unsynced.sync()).rejects.toThrow('ENOENT');

  files.close();
  await rm(folder, { recursive: true });
});
