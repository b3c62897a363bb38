import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../postgres/connection.ts';
import { loadTables, type Table } from '../postgres/table.ts';
import { defineShape, type ShapeDefinition } from '../protocol/shape-definition.ts';
import { canonicaliseWith } from '../where/canonicalise.ts';
import { type SubsetOptions, SubsetTooLargeError, takeSubset } from './subset-snapshot.ts';

let database: TestDatabase;
let sql: Sql;
let definition: ShapeDefinition;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  await database.sql`CREATE TABLE "Odd.Items" (shelf text, "Nr" int, title text, done bool, tags text[],
    made timestamptz, PRIMARY KEY (shelf, "Nr"))`;
  await database.sql`INSERT INTO "Odd.Items"
    SELECT 'a/' || i % 2, i, 'it''s "' || i || '" \\ ü', i % 2 = 0, ARRAY['x', NULL], '2026-11-22 07:29:13.5+01'
    FROM generate_series(1, 20) AS i`;
  sql = connect(database.url, { max: 2 });
  const [table] = await loadTables(sql, 'none', [{ schema: 'public', name: 'Odd.Items' }]);
  const all = {
    columns: null,
    queryableColumns: null,
    where: '"Nr" > 5 OR done',
    params: new Map(),
    replica: 'default',
    log: 'full',
  } as const;
  const defined = await defineShape(table as Table, all, canonicaliseWith(sql));
  if ('errors' in defined) throw new Error(JSON.stringify(defined.errors));
  definition = defined.definition;
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const ALL = { where: null, orderBy: null, limit: null, offset: null };
const take = (options: Partial<SubsetOptions> & Pick<SubsetOptions, 'subset'>) =>
  takeSubset({ sql, definition, signal: AbortSignal.timeout(10_000), ...options });

test('takeSubset: returns rows matching both wheres, ordered and limited, in the protocol’s form', async () => {
  const { body, mark, lsn, bounds } = await take({
    subset: { where: '"Nr" < 10 OR "Nr" = 20', orderBy: '"Nr" DESC', limit: 1, offset: 1 },
  });
  // Transactions of other tests in the same cluster.
  const running = JSON.stringify(bounds.inProgress.map(String));
  const seen = `"xip_list":${running},"xmax":"${bounds.xmax}","xmin":"${bounds.xmin}"`;
  expect(body.toString()).toBe(
    `{"metadata":{"snapshot_mark":${mark},"database_lsn":"${lsn}",${seen}}, "data": [` +
      `{"key":"\\"public\\".\\"Odd..Items\\"/\\"a//1\\"/\\"9\\"","value":{"Nr":"9","done":"false",` +
      `"made":"2026-11-22 06:29:13.5+00","shelf":"a/1","tags":"{x,NULL}","title":"it's \\"9\\" \\\\ ü"},` +
      `"headers":{"relation":["public","Odd.Items"],"operation":"insert","snapshot_mark":${mark}}}]}`,
  );
});

test('takeSubset: returns all rows of the shape by default, and a complete body even without rows', async () => {
  const keys = async (where: string | null) => {
    const { body } = await take({ subset: { ...ALL, where } });
    const { data } = JSON.parse(body.toString()) as { data: { key: string }[] };
    return new Set(data.map(({ key }) => key)).size;
  };
  expect(await keys(null)).toBe(17);
  expect(await keys('false')).toBe(0);
});

test('takeSubset: returns one state of the table, identified by bounds and LSN', async () => {
  const open = Promise.withResolvers<bigint>();
  const commit = Promise.withResolvers<void>();
  const writer = database.sql.begin(async (transaction) => {
    await transaction`INSERT INTO "Odd.Items" VALUES ('open', 100)`;
    const [row] = await transaction`SELECT pg_current_xact_id()::text AS xid`;
    open.resolve(BigInt(row?.['xid']));
    await commit.promise;
  });
  const xid = await open.promise;
  await database.sql`INSERT INTO "Odd.Items" VALUES ('committed', 100)`;
  const [before] = await database.sql`SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::text AS lsn`;
  const { bounds, lsn, body } = await take({ subset: { ...ALL, where: 'title IS NULL' } });
  commit.resolve();
  await writer;
  expect(bounds.inProgress.includes(xid) || xid >= bounds.xmax).toBe(true);
  expect(lsn).toBeGreaterThanOrEqual(BigInt(before?.['lsn']));
  const { data } = JSON.parse(body.toString()) as { data: { value: { shelf: string } }[] };
  expect(data.map(({ value }) => value.shelf)).toEqual(['committed']);
});

test('takeSubset: rejects a subset that is too large, and leaves its connection usable', async () => {
  await expect(take({ subset: ALL, maxBytes: 1000 })).rejects.toThrow(SubsetTooLargeError);
  expect((await take({ subset: { ...ALL, where: '"Nr" = 20' } })).body.toString()).toContain('"Nr":"20"');
});

test('takeSubset: ends in Postgres as well when its reader leaves', async () => {
  const stop = new AbortController();
  const taking = take({ subset: { ...ALL, where: 'pg_sleep(60) IS NULL' }, signal: stop.signal });
  const running = async () => {
    const rows = await database.sql`SELECT 1 FROM pg_stat_activity
      WHERE application_name = 'ingesthub shapes' AND query LIKE '%pg_sleep%' AND state = 'active'`;
    return rows.length;
  };
  await expect.poll(running).toBe(1);
  stop.abort(new Error('gone'));
  await expect(taking).rejects.toThrow('gone');
  await expect.poll(running).toBe(0);
});
