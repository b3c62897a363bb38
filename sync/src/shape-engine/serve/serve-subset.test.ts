import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ShapeStore } from '../log/shape-store.ts';
import { connect } from '../postgres/connection.ts';
import { loadTables, type Table } from '../postgres/table.ts';
import { defineShape } from '../protocol/shape-definition.ts';
import { Shape } from '../shapes/shape.ts';
import { Subsets } from '../subset/subsets.ts';
import { canonicaliseWith } from '../where/canonicalise.ts';
import { serveSubset } from './serve-subset.ts';

let database: TestDatabase;
let sql: Sql;
let folder: string;
let store: ShapeStore;
let table: Table;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  sql = connect(database.url, { max: 1 });
  await database.sql`CREATE TABLE items (id int PRIMARY KEY)`;
  table = (await loadTables(sql, 'none', [{ schema: 'public', name: 'items' }]))[0] as Table;
  folder = await mkdtemp(join(tmpdir(), 'ingesthub-subset-'));
  store = await ShapeStore.open(folder, { confirmedLsn: 0n });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
  await sql.end();
  await database[Symbol.asyncDispose]();
});

/** Returns a shape whose snapshot is being taken. */
async function fillingShape(handle: string): Promise<Shape> {
  const all = {
    columns: null,
    queryableColumns: null,
    where: null,
    params: new Map(),
    replica: 'default',
    log: 'changes_only',
  } as const;
  const defined = await defineShape(table, all, canonicaliseWith(sql));
  if ('errors' in defined) throw new Error(JSON.stringify(defined.errors));
  return new Shape(handle, defined.definition, store.create(handle));
}

const serve = (shape: Shape, offset: 'start' | 'now', signal = AbortSignal.timeout(10_000)) =>
  serveSubset({
    http: new Request('http://localhost/v1/shape'),
    request: { handle: null, offset },
    subset: { where: null, params: new Map(), orderBy: null, limit: null, offset: null },
    columns: table.columns,
    shape,
    sql,
    subsets: new Subsets({ sql, atOnce: 1, waiting: 0 }),
    signal,
  });

test('serveSubset: waits until the shape follows the log, so that each change is in the subset or the log', async () => {
  const shape = await fillingShape('1-1');
  const serving = serve(shape, 'now');
  await database.sql`INSERT INTO items VALUES (1)`;
  // The end of the log is not known earlier, either.
  shape.log.append('{"value":{},"key":"another"}', 0);
  shape.log.commit(5n);
  shape.join({ xmin: 3n, xmax: 3n, inProgress: [] });
  shape.completeSnapshot();
  const answer = await serving;
  expect(answer.headers.get('electric-offset')).toBe('5_0');
  expect(await answer.text()).toContain('"id":"1"');
});

test('serveSubset: returns an offset before the rows, even if more is logged while they are read', async () => {
  const shape = await fillingShape('1-2');
  shape.completeSnapshot();
  shape.log.append('{"value":{},"key":"before"}', 0);
  shape.log.commit(7n);
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const locking = database.sql.begin(async (transaction) => {
    await transaction`LOCK TABLE items`;
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const serving = serve(shape, 'now');
  const waits = async () => {
    const rows = await database.sql`SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
      WHERE datname = current_database() AND NOT granted`;
    return rows.length;
  };
  await expect.poll(waits).toBeGreaterThan(0);
  shape.log.append('{"value":{},"key":"meanwhile"}', 0);
  shape.log.commit(9n);
  release.resolve();
  await locking;
  expect((await serving).headers.get('electric-offset')).toBe('7_0');
});

test('serveSubset: sends readers of a shape lost meanwhile to refetch, and leaves the shape without readers', async () => {
  const shape = await fillingShape('1-3');
  const serving = serve(shape, 'start');
  shape.drop();
  expect((await serving).status).toBe(409);
  expect(shape.readers).toBe(0);
});
