import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PREPARED_POOL } from './open-storage.ts';
import { prepareDatabase } from './prepare-database.ts';
import { writePreparedReplica } from './prepared-replica-plugin.ts';
import { readReplicaSql } from './read-replica-sql.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-prepared-'));
}, 90_000);
afterAll(() => rm(folder, { recursive: true }));

test('writePreparedReplica: makes it once, and every copy that is opened becomes a replica of its own', async () => {
  await writeFile(path.join(folder, 'replica-0123.tar.gz'), 'of another version');
  const file = await writePreparedReplica(folder);
  const { mtimeMs } = await stat(file);
  expect(await writePreparedReplica(folder)).toBe(file);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  await expect(stat(path.join(folder, 'replica-0123.tar.gz'))).rejects.toThrow('ENOENT');

  const copy = new Blob([new Uint8Array(await readFile(file))], { type: 'application/gzip' });
  const clients: string[] = [];
  for (let opened = 0; opened < 2; opened++) {
    const database = await PGlite.create({ loadDataDir: copy });
    clients.push((await prepareDatabase(database, await readReplicaSql())).client);
    await database.close();
  }
  expect(clients).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  expect(clients[0]).not.toBe(clients[1]);
}, 90_000);

test('writePreparedReplica: its files fit into what a browser’s folder begins with, and leave room for a first load', async () => {
  const file = await writePreparedReplica(folder);
  const entries = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n');
  expect(entries.length).toBeLessThan(PREPARED_POOL - 100);
}, 90_000);
