import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { auditAnswer } from '@ingesthub/schema/replica/partition-sums.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { auditRoute } from './audit.ts';

let database: TestDatabase;
let library: TestLibrary;
beforeAll(async () => {
  database = await createTestDatabase();
  library = await insertTestLibrary(database.sql, { assets: 5 });
  await insertTestLibrary(database.sql, { assets: 2 });
});
afterAll(() => database[Symbol.asyncDispose]());

async function audit(shape: string) {
  const response = await auditRoute({ sql: database.sql }).request(`/?shape=${encodeURIComponent(shape)}`);
  expect(response.status).toBe(200);
  return auditAnswer.parse(await response.json());
}

async function position(of: 'flush' | 'insert' = 'flush'): Promise<bigint> {
  const [row] =
    await database.sql`SELECT (${database.sql.unsafe(`pg_current_wal_${of}_lsn()`)} - '0/0'::pg_lsn)::text AS position`;
  return BigInt(row?.['position']);
}

test('GET /api/audit: sums only one project’s assets, and gives the log positions between which the sums hold', async () => {
  const shape = `assets?project=${library.projectId}`;
  const before = await position();
  const { sums, complete_before, nothing_after } = await audit(shape);
  expect(sums).toMatchObject([{ package_id: library.packageId, count: 5 }]);
  expect(complete_before).toBeGreaterThanOrEqual(before);
  expect(nothing_after).toBeGreaterThanOrEqual(complete_before - 1n);

  await database.sql.begin(async (tx) => {
    await tx`SET LOCAL synchronous_commit = on`;
    await tx`UPDATE assets SET review_status = 'approved' WHERE id = ${library.assetIds[0] ?? ''}`;
  });
  const changed = await audit(shape);
  expect(changed.sums).toMatchObject([{ count: 5 }]);
  expect(changed.sums[0]?.checksum).not.toBe(sums[0]?.checksum);
  expect(changed.complete_before).toBeGreaterThan(nothing_after);
});

test('GET /api/audit: covers a change that was visible before it was flushed', async () => {
  await database.sql.begin(async (tx) => {
    await tx`SET LOCAL synchronous_commit = off`;
    await tx`UPDATE assets SET review_status = 'flagged' WHERE id = ${library.assetIds[0] ?? ''}`;
  });
  const committed = await position('insert');
  expect((await audit(`assets?project=${library.projectId}`)).nothing_after).toBeGreaterThanOrEqual(committed - 1n);
});

test('GET /api/audit: sums a table without packages once and an empty table never, and rejects unknown names', async () => {
  expect((await audit('projects')).sums).toMatchObject([{ package_id: null, count: 2 }]);
  expect((await audit('saved_filters')).sums).toEqual([]);
  const refused = await auditRoute({ sql: database.sql }).request('/?shape=assets');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 'invalid_arguments' } });
});
