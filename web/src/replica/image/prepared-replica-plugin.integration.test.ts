import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { prepareDatabase } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { openDiskFiles } from '../storage/disk-files.ts';
import { unpackDirectory } from '../storage/unpack-directory.ts';
import { writePreparedReplica } from './prepared-replica-plugin.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-prepared-'));
}, 90_000);
afterAll(() => rm(folder, { recursive: true }));

test('writePreparedReplica: writes the file once, and every opened copy becomes a replica of its own', async () => {
  await writeFile(path.join(folder, 'replica-0123.tar.gz'), 'of another version');
  const file = await writePreparedReplica(folder);
  const { mtimeMs } = await stat(file);
  expect(await writePreparedReplica(folder)).toBe(file);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  await expect(stat(path.join(folder, 'replica-0123.tar.gz'))).rejects.toThrow('ENOENT');

  const copy = new Blob([await readFile(file)]);
  const clients: string[] = [];
  for (const name of ['one', 'two']) {
    const files = openDiskFiles(await mkdtemp(path.join(folder, name)), { durable: false });
    await unpackDirectory(copy.stream().pipeThrough(new DecompressionStream('gzip')), files);
    const database = await createPGlite({ fs: files });
    clients.push((await prepareDatabase(database, await readReplicaSql())).client);
    await database.close();
  }
  expect(clients).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(clients[0]).not.toBe(clients[1]);
}, 90_000);
