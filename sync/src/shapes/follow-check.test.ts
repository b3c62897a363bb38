import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineApp } from '../shape-engine/engine-app.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { served, type TestServer } from '../testing/test-server.ts';
import { createFollowCheck } from './follow-check.ts';
import { createRemoteElectric } from './remote-electric.ts';
import type { ShapeSource } from './shape-source.ts';

let ours: TestDatabase;
let other: TestDatabase;
let followers: Record<'ours' | 'other', ShapeSource>;
let electric: TestServer;
/** The database whose engine answers, and the secret it requires. */
let behind: 'ours' | 'other' = 'ours';
let secret = 'open sesame';

beforeAll(async () => {
  [ours, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  followers = {
    ours: createShapeEngine({ databaseUrl: ours.url }),
    other: createShapeEngine({ databaseUrl: other.url }),
  };
  const apps = { ours: engineApp(followers.ours), other: engineApp(followers.other) };
  electric = await served(
    new Hono()
      .use('/v1/shape', async (context, next) =>
        context.req.query('secret') === secret ? next() : context.json({ message: 'Unauthorized' }, 401),
      )
      .all('*', ({ req, env }) => apps[behind].fetch(req.raw, env)),
  );
});
afterAll(async () => {
  await electric.close();
  await Promise.all(Object.values(followers).map((source) => source.close()));
  await Promise.all([ours, other].map((database) => database[Symbol.asyncDispose]()));
});

const remote = () => createRemoteElectric({ url: electric.url, secret: 'open sesame', sql: ours.sql });

test('createRemoteElectric: is active when a change to our database comes back, even after its shapes were recreated', async () => {
  const source = remote();
  await expect
    .poll(() => source.health(), { timeout: 10_000 })
    .toEqual({ mode: 'remote', status: 'active', problem: null });
  const check = createFollowCheck({ sql: ours.sql, fetch: source.fetch, holdsMs: 0 });
  expect([await check(), await check()]).toEqual([null, null]);
  // Electric starts the shape over.
  await ours.sql`ALTER TABLE follow_checks ADD COLUMN note text`;
  await expect.poll(check, { timeout: 10_000 }).toBeNull();
});

test('createRemoteElectric: reports a wrong secret even though /v1/health is fine', async () => {
  secret = 'another';
  expect(await remote().health()).toEqual({
    mode: 'remote',
    status: 'down',
    problem: 'The remote Electric does not accept ELECTRIC_SECRET.',
  });
  secret = 'open sesame';
});

test('createFollowCheck: detects an Electric that follows another database with the same tables', async () => {
  behind = 'other';
  const { fetch } = createRemoteElectric({ url: electric.url, secret: 'open sesame' });
  const check = createFollowCheck({ sql: ours.sql, fetch, patienceMs: 1500, waitMs: 10_000 });
  expect(await check()).toContain('it follows another database');
  // While the next check has no outcome, the last one is returned.
  behind = 'ours';
  await expect.poll(check, { timeout: 10_000 }).toBeNull();
});
