import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createDatabaseDisk } from './database-disk.ts';

test('createDatabaseDisk: reports free and required space, and nothing for a disk on another machine', async () => {
  const folder = path.join(tmpdir(), 'not made yet');
  const { bavail, bsize } = await statfs(tmpdir());
  const free = bavail * bsize;
  expect(await createDatabaseDisk(folder, free / 2).problem()).toBeNull();
  expect(await createDatabaseDisk(folder, 1e15).problem()).toMatch(
    /^The disk of the database has [\d.]+ GB free, less than the 1000000 GB of IHUB_MIN_FREE_GB: changes wait/,
  );
  expect(await createDatabaseDisk(null, 1e15).problem()).toBeNull();
});
