import type { PGlite } from '@electric-sql/pglite';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChoice } from '../model/kept-projects.ts';
import { readReplicatedTables } from '../model/replicated-tables.ts';
import { NewerReplicaError } from '../storage/storage-errors.ts';
import { arrived, assetRow, assetsShape, PROJECT, shapeBatch } from '../testing/test-replica.ts';
import { createWriter } from '../write/writer.ts';
import { createPGlite } from './create-pglite.ts';
import { prepareDatabase, type ReplicaIdentity, type ReplicaSql } from './prepare-database.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { formatReplicaVersion, REPLICA_VERSION } from './replica-version.ts';

let database: PGlite;
let sql: ReplicaSql;
let first: ReplicaIdentity;
beforeAll(async () => {
  database = await createPGlite(await quickPGlite());
  sql = await readReplicaSql();
  first = await prepareDatabase(database, sql);
});
afterAll(() => database.close());

/** Returns the version of a later build. */
const later = (releases: number) => formatReplicaVersion(REPLICA_VERSION + releases, 'aaaa');

async function openWriter() {
  return createWriter(database, await readReplicatedTables(database), () => {});
}

test('prepareDatabase: finds the same replica when opened again', async () => {
  expect(await prepareDatabase(database, sql)).toEqual(first);
});

test('prepareDatabase: a newer version rebuilds the mirror and carries over the client, the outbox and the choices', async () => {
  const writer = await openWriter();
  const asset = uuid();
  await writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(asset))], 10n)]);
  const waiting = [uuid(), uuid()];
  for (const id of waiting) await writer.mutate(id, 'assets.tag', { ids: [asset], add: [id], remove: [] });
  await writeChoice(database, PROJECT, 'pinned');

  const next = await prepareDatabase(database, { ...sql, version: later(1) });
  expect(next.client).toBe(first.client);
  const reopened = await openWriter();
  expect(reopened.pending.map(({ mutation }) => mutation.id)).toEqual(waiting);
  expect(reopened.shapes.size).toBe(0);
  expect((await database.query('SELECT FROM assets')).rows).toEqual([]);
  const chosen = await database.query('SELECT project_id, choice FROM replica.working_set');
  expect(chosen.rows).toEqual([{ project_id: PROJECT, choice: 'pinned' }]);
});

test('prepareDatabase: an older version does not touch a newer one’s replica, whatever is queued in it', async () => {
  await database.exec(`UPDATE replica.outbox SET name = 'assets.of_the_newer_one'`);
  await expect(prepareDatabase(database, sql)).rejects.toThrow(NewerReplicaError);
  const { rows } = await database.query('SELECT version, name, error_code FROM replica.identity, replica.outbox');
  const untouched = { version: later(1), name: 'assets.of_the_newer_one', error_code: null };
  expect(rows).toEqual([untouched, untouched]);
  await database.exec(`UPDATE replica.outbox SET name = 'assets.tag'`);
});

test('prepareDatabase: the next opening completes an interrupted rebuild', async () => {
  await database.exec('ALTER SCHEMA replica RENAME TO former');
  expect((await prepareDatabase(database, { ...sql, version: later(2) })).client).toBe(first.client);
  expect((await openWriter()).pending).toHaveLength(2);
});

test('prepareDatabase: opens a replica with its own number only when the fingerprint matches', async () => {
  await database.exec('CREATE TABLE replica.of_this_version ()');
  await prepareDatabase(database, { ...sql, version: later(2) });
  const found = async () => (await database.query(`SELECT to_regclass('replica.of_this_version') AS it`)).rows;
  expect(await found()).toEqual([{ it: 'replica.of_this_version' }]);
  await prepareDatabase(database, { ...sql, version: later(2).replace('aaaa', 'bbbb') });
  expect(await found()).toEqual([{ it: null }]);
  expect((await openWriter()).pending).toHaveLength(2);
});

test('prepareDatabase: rejects a queued mutation that this version cannot read, without losing it', async () => {
  await database.exec(
    `UPDATE replica.outbox SET name = 'assets.paint' WHERE position = (SELECT min(position) FROM replica.outbox)`,
  );
  const writer = await openWriter();
  expect(writer.pending).toHaveLength(1);
  expect(writer.rejected).toMatchObject([{ name: 'assets.paint', error: { code: 'invalid_arguments' } }]);
});
