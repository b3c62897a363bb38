import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '../testing/test-engine.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  await database.sql`CREATE TABLE items (id int PRIMARY KEY)`;
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

test('deleteShape: ends a shape by its handle or definition, and its readers refetch', async () => {
  await using engine = await startEngine({ databaseUrl: database.url, allowDeletion: true });
  const ask = (method: string, search: string) => fetch(`${engine.url}?${search}`, { method });
  const handleNow = async () => (await ask('HEAD', 'table=items&offset=-1')).headers.get('electric-handle') ?? '';
  const remove = async (search: string) => (await ask('DELETE', search)).status;

  const first = await handleNow();
  expect(await remove(`handle=${first}`)).toBe(202);
  expect((await ask('GET', `table=items&offset=0_inf&handle=${first}`)).status).toBe(409);
  const second = await handleNow();
  expect(second).not.toBe(first);
  expect(await remove(`table=items&handle=${first}`)).toBe(400);
  expect(await remove(`table=items&handle=${second}&offset=0_0&live=true`)).toBe(202);
  expect(await handleNow()).not.toBe(second);

  expect(await remove(`handle=${first}`)).toBe(404);
  expect(await remove('table=items&where=id%20%3D%201')).toBe(404);
  expect(await remove('')).toBe(400);
});

test('deleteShape: is rejected by an engine that does not allow deletion', async () => {
  await using engine = await startEngine({ databaseUrl: database.url });
  expect((await fetch(`${engine.url}?table=items`, { method: 'DELETE' })).status).toBe(405);
});
