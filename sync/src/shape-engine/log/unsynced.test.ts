import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OpenFiles } from './open-files.ts';
import { StoredFile } from './stored-file.ts';
import { Unsynced } from './unsynced.ts';

test('Unsynced.sync covers files added while another sync ran, and keeps failing after a failure', async () => {
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

test('Unsynced.sync leases its files at the call, so that none is removed before its turn', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unsynced-'));
  const files = new OpenFiles();
  const unsynced = new Unsynced(files);
  const stored = Array.from({ length: 40 }, (_, index) => new StoredFile(join(folder, String(index)), 4));
  for (const file of stored) {
    await writeFile(file.path, 'text');
    unsynced.add(file);
  }
  const syncing = unsynced.sync();
  // A dropped shape removes its files in this way.
  const removing = stored.map(async (file) => {
    unsynced.forget(file);
    await file.unused();
    files.forget(file);
    await rm(file.path);
  });
  await syncing;
  await Promise.all(removing);

  files.close();
  await rm(folder, { recursive: true });
});
