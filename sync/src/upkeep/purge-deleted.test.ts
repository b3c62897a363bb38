import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { forgottenFileRow } from '@ingesthub/schema/library/rows.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { purgeDaily, purgeDeleted } from './purge-deleted.ts';

let database: TestDatabase;
let library: TestLibrary;
const { signal } = new AbortController();

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.sql`DELETE FROM projects`;
  library = await insertTestLibrary(database.sql, { assets: 3 });
});
afterAll(() => database[Symbol.asyncDispose]());

async function deleteSince(days: number, table: string, id: string): Promise<void> {
  const { sql } = database;
  await sql`UPDATE ${sql(table)} SET deleted_at = now() - make_interval(days => ${days}) WHERE id = ${id}`;
}

async function idsOf(table: string): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`SELECT id FROM ${database.sql(table)} ORDER BY id`;
  return rows.map((row) => row.id);
}

test('purgeDeleted: removes an asset and its tags after 30 days, and not before', async () => {
  const [old = '', recent = '', kept = ''] = library.assetIds;
  await deleteSince(31, 'assets', old);
  await deleteSince(29, 'assets', recent);
  await database.sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id) SELECT id, 'hero', package_id, project_id FROM assets`;
  expect(await purgeDeleted(database.sql, signal)).toBe(1);
  expect(await idsOf('assets')).toEqual([recent, kept]);
  const tagged = await database.sql`SELECT asset_id FROM asset_tags ORDER BY 1`;
  expect(tagged.map((row) => row['asset_id'])).toEqual([recent, kept]);
  expect(await purgeDeleted(database.sql, signal)).toBe(0);
});

test('purgeDeleted: removes packages and projects with their contents, and subjects alone', async () => {
  const other = await insertTestLibrary(database.sql, { assets: 2 });
  const third = await insertTestLibrary(database.sql, { assets: 1 });
  const subject = uuid();
  await database.sql`INSERT INTO subjects (id, project_id, name) VALUES (${subject}, ${third.projectId}, 'ada')`;
  await database.sql`UPDATE assets SET subject_id = ${subject} WHERE project_id = ${third.projectId}`;
  await deleteSince(40, 'packages', library.packageId);
  await deleteSince(40, 'projects', other.projectId);
  await deleteSince(40, 'subjects', subject);
  await purgeDeleted(database.sql, signal);
  expect(await idsOf('projects')).toEqual([library.projectId, third.projectId].toSorted());
  expect(await idsOf('packages')).toEqual([third.packageId]);
  expect(await idsOf('subjects')).toEqual([]);
  expect(await idsOf('assets')).toEqual([...third.assetIds]);
});

test('purgeDeleted: remembers the files of purged assets while their package stays', async () => {
  const { sql } = database;
  const gone = await insertTestLibrary(sql, { assets: 2 });
  const [first = '', second = '', again = ''] = library.assetIds;
  for (const id of [first, second, again]) await deleteSince(31, 'assets', id);
  for (const id of gone.assetIds) await deleteSince(31, 'assets', id);
  await deleteSince(31, 'packages', gone.packageId);
  // The second asset predates recorded times; the third was once forgotten and came back as another file.
  await sql`UPDATE assets SET modified_ns = 1700000000123456789 WHERE id IN (${first}, ${again})`;
  await sql`
    INSERT INTO forgotten_files (package_id, relative_path, size_bytes, modified_ns)
    VALUES (${library.packageId}, '3.png', 7, 1)`;
  expect(await purgeDeleted(sql, signal)).toBe(6);
  const forgotten = await sql`SELECT * FROM forgotten_files ORDER BY relative_path`;
  expect(forgotten.map((row) => forgottenFileRow.parse(row))).toEqual([
    { package_id: library.packageId, relative_path: '1.png', size_bytes: 1000, modified_ns: 1700000000123456789n },
    { package_id: library.packageId, relative_path: '2.png', size_bytes: 1000, modified_ns: null },
    { package_id: library.packageId, relative_path: '3.png', size_bytes: 1000, modified_ns: 1700000000123456789n },
  ]);
});

test('purgeDeleted: keeps a row that is restored while the purge waits for it', async () => {
  const { sql } = database;
  const [restored = ''] = library.assetIds;
  await deleteSince(31, 'assets', restored);
  let purging: Promise<number> | null = null;
  await sql.begin(async (tx) => {
    await tx`UPDATE assets SET deleted_at = NULL WHERE id = ${restored}`;
    purging = purgeDeleted(sql, signal);
    const waiting = async () =>
      (await sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`)
        .length;
    await expect.poll(waiting).toBe(1);
  });
  expect(await purging).toBe(0);
  expect(await idsOf('assets')).toEqual([...library.assetIds]);
});

test('purgeDeleted: removes more than one batch of a package', async () => {
  const large = await insertTestLibrary(database.sql, { assets: 4500 });
  await deleteSince(31, 'packages', large.packageId);
  expect(await purgeDeleted(database.sql, signal)).toBe(4501);
  expect(await idsOf('assets')).toEqual([...library.assetIds]);
});

test('purgeDaily: purges deleted rows and old mutations at the start, and ends with its signal', async () => {
  await deleteSince(31, 'assets', library.assetIds[0] ?? '');
  const old = uuid({ msecs: Date.now() - 91 * 24 * 3600 * 1000 });
  await database.sql`
    INSERT INTO mutations (id, client, name, status, created_at)
    VALUES (${old}, ${uuid()}, 'assets.tag', 'applied', now() - interval '91 days')`;
  const stop = new AbortController();
  const purged = Promise.withResolvers<void>();
  const rows: number[] = [];
  const running = purgeDaily({
    sql: database.sql,
    signal: stop.signal,
    onPurged: (count) => {
      if (rows.push(count) === 2) purged.resolve();
    },
    onError: purged.reject,
  });
  await purged.promise;
  expect(rows).toEqual([1, 1]);
  expect(await idsOf('mutations')).toEqual([]);
  stop.abort();
  await running;
});
