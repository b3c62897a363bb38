import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { mutationResponse } from '@ingesthub/schema/mutations/mutations.ts';
import pino from 'pino';
import type { TransactionSql } from 'postgres';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { everyScope } from '../testing/test-scopes.ts';
import { mutationsRoute } from './mutations.ts';

let database: TestDatabase;
let library: TestLibrary;
/** Problem that the database's disk reports. */
let full: string | null = null;
const disk = { problem: async () => full };
let route: ReturnType<typeof mutationsRoute>;
const client = uuid();

beforeAll(async () => {
  database = await createTestDatabase();
  route = mutationsRoute({
    sql: database.sql,
    scopes: everyScope,
    log: pino({ level: 'silent' }),
    disk,
    actor: 'ada',
  });
});
beforeEach(async () => {
  library = await insertTestLibrary(database.sql, { assets: 3 });
});
afterAll(() => database[Symbol.asyncDispose]());

function post(
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> {
  return Promise.resolve(route.request('/', { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function send(mutations: { id?: string; name: string; args?: unknown }[], sender = client) {
  const response = await post({
    client: sender,
    mutations: mutations.map((mutation) => ({ id: uuid(), ...mutation })),
  });
  expect(response.status).toBe(200);
  return mutationResponse.parse(await response.json()).results;
}

async function tags(): Promise<string[][]> {
  const rows = await database.sql<{ tags: string[] }[]>`
    SELECT ARRAY(SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
    FROM assets WHERE package_id = ${library.packageId} ORDER BY id`;
  return rows.map((row) => row.tags);
}

describe('assets.tag', () => {
  test('adds and removes tags as sets, and leaves the rest of the library unchanged', async () => {
    const [first, second] = library.assetIds;
    await send([{ name: 'assets.tag', args: { ids: [first, second], add: ['hero', 'blur'], remove: [] } }]);
    await send([{ name: 'assets.tag', args: { ids: [second], add: ['hero', 'alt'], remove: ['blur'] } }]);
    expect(await tags()).toEqual([['blur', 'hero'], ['alt', 'hero'], []]);
  });

  test('trims and composes tag names, and rejects empty ones with the reason', async () => {
    const [first] = library.assetIds;
    const results = await send([
      { name: 'assets.tag', args: { ids: [first], add: ['  cafe\u0301 '], remove: [] } },
      { name: 'assets.tag', args: { ids: [first], add: ['   '], remove: [] } },
    ]);
    expect(results.map((result) => result.status)).toEqual(['applied', 'rejected']);
    expect(results[1]).toMatchObject({
      error: { code: 'invalid_arguments', message: expect.stringContaining('at least one character') },
    });
    expect((await tags())[0]).toEqual(['caf\u00e9']);
  });
});

test('assets.review records who changed an asset, and leaves assets with the same status untouched', async () => {
  const [first, second] = library.assetIds;
  await send([{ name: 'assets.review', args: { ids: [first], review_status: 'approved' } }]);
  const before = await database.sql`SELECT id, updated_at, updated_by FROM assets ORDER BY id`;
  await send([{ name: 'assets.review', args: { ids: [first, second], review_status: 'approved' } }]);
  const after = await database.sql`SELECT id, updated_at, updated_by, review_status FROM assets ORDER BY id`;
  const changed = after.filter((row, index) => +row['updated_at'] !== +before[index]?.['updated_at']);
  expect(changed.map((row) => [row['id'], row['updated_by'], row['review_status']])).toEqual([
    [second, 'ada', 'approved'],
  ]);
});

describe('an asset that was merged into another', () => {
  /** Merges the first asset into the second, as an ingestor does. */
  async function merge(sql: TransactionSql | TestDatabase['sql']): Promise<void> {
    const [first = '', second = ''] = library.assetIds;
    await sql`DELETE FROM assets WHERE id = ${first}`;
    await sql`INSERT INTO merged_assets (id, into_id) VALUES (${first}, ${second})`;
  }

  test('applies a change of either asset once, to the remaining one', async () => {
    await merge(database.sql);
    const [first = '', second = ''] = library.assetIds;
    const results = await send([
      { name: 'assets.tag', args: { ids: [first.toUpperCase()], add: ['hero'], remove: [] } },
      { name: 'assets.review', args: { ids: [first, second], review_status: 'approved' } },
      { name: 'assets.pick_up', args: { ids: [first], picked_up: true } },
    ]);
    expect(new Set(results.map((result) => result.status))).toEqual(new Set(['applied']));
    expect(await tags()).toEqual([['hero'], []]);
    const [row] = await database.sql`SELECT review_status, picked_up_by FROM assets WHERE id = ${second}`;
    expect(row).toEqual({ review_status: 'approved', picked_up_by: 'ada' });
  });

  test.each([
    ['assets.tag', { add: ['late'], remove: [] }],
    ['assets.review', { review_status: 'flagged' }],
  ])('applies an %s that waited for the merge to the remaining asset', async (name, args) => {
    const [first = '', second = ''] = library.assetIds;
    const sent = Promise.withResolvers<ReturnType<typeof send>>();
    await database.sql.begin(async (tx) => {
      // The lock that ingestors also take; see `lockRows`.
      await tx`SELECT pg_advisory_xact_lock(4711004, hashtext(package_id::text)) FROM assets WHERE id = ${first}`;
      await merge(tx);
      sent.resolve(send([{ name, args: { ids: [first], ...args } }]));
      for (let waits = false; !waits; ) {
        const [row] = await database.sql<{ waits: boolean }[]>`
          SELECT EXISTS (
            SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
          ) AS waits`;
        waits = row?.waits === true;
      }
    });
    expect(await sent.promise).toMatchObject([{ status: 'applied' }]);
    const [row] = await database.sql`
      SELECT review_status, ARRAY(SELECT tag FROM asset_tags WHERE asset_id = ${second}) AS tags FROM assets WHERE id = ${second}`;
    expect([row?.['review_status'], ...(row?.['tags'] ?? [])]).toContain(name === 'assets.tag' ? 'late' : 'flagged');
  });
});

describe('mutations of projects, subjects, packages and saved filters', () => {
  async function refusal(name: string, args: unknown) {
    const [result] = await send([{ name, args }]);
    return result?.status === 'rejected' ? result.error : null;
  }

  test('allows creating, editing, deleting and restoring, and records the actor', async () => {
    const [project, subject, delivery] = [uuid(), uuid(), uuid()];
    const results = await send([
      { name: 'projects.create', args: { ids: [project], set: { name: `New ${project}`, type: 'vfx' } } },
      { name: 'subjects.create', args: { ids: [subject], set: { name: 'ada', project_id: project } } },
      {
        name: 'packages.create',
        args: {
          ids: [delivery],
          set: { name: 'Day 1', type: 'vfx', project_id: project, subject_id: subject, source_path: '/media/day_1/' },
        },
      },
      { name: 'packages.edit', args: { ids: [delivery], set: { tags: ['late'], description: 'on Friday' } } },
      { name: 'subjects.delete', args: { ids: [subject] } },
      { name: 'projects.delete', args: { ids: [project] } },
      { name: 'projects.restore', args: { ids: [project] } },
    ]);
    expect(new Set(results.map((result) => result.status))).toEqual(new Set(['applied']));
    const [row] = await database.sql`
      SELECT packages.status, packages.source_path, packages.tags, packages.updated_by, subjects.deleted_by,
        projects.deleted_at
      FROM packages JOIN subjects ON subjects.id = subject_id JOIN projects ON projects.id = packages.project_id
      WHERE packages.id = ${delivery}`;
    expect(row).toEqual({
      ...{ status: 'queued', source_path: '/media/day_1', tags: ['late'], updated_by: 'ada' },
      ...{ deleted_by: 'ada', deleted_at: null },
    });
  });

  test('reports a taken name as a conflict, and frees it when its owner is deleted', async () => {
    const [first, second] = [uuid(), uuid()];
    const called = (name: string) => ({ name, address: '/packages' });
    await send([{ name: 'saved_filters.create', args: { ids: [first], set: called('Sharp') } }]);
    const taken = {
      code: 'conflict',
      message: expect.stringMatching(/^The name “sharp” is taken .*\. Choose another/),
    };
    expect(await refusal('saved_filters.create', { ids: [second], set: called('sharp') })).toEqual(taken);
    await send([
      { name: 'saved_filters.delete', args: { ids: [first] } },
      { name: 'saved_filters.create', args: { ids: [second], set: called('sharp') } },
    ]);
    expect(await refusal('saved_filters.restore', { ids: [first] })).toEqual(taken);
  });

  test('rejects a saved filter with an address of another site', async () => {
    for (const address of ['//host/x', '/\\host', '/\t/host', 'https://host', '']) {
      const set = { name: `Elsewhere ${address}`, address };
      expect(await refusal('saved_filters.create', { ids: [uuid()], set })).toMatchObject({
        code: 'invalid_arguments',
      });
      const insert = database.sql`INSERT INTO saved_filters (id, name, address) VALUES (${uuid()}, ${set.name}, ${address})`;
      await expect(insert).rejects.toThrow('saved_filters_address');
    }
    for (const address of ['/', '/packages?type=image&tag=ü', '/search?q=//host']) {
      const set = { name: `Here ${address}`, address };
      expect(await refusal('saved_filters.create', { ids: [uuid()], set })).toBeNull();
    }
  });

  test('reports a taken id or folder as a conflict and a missing row as not found', async () => {
    const { projectId: project_id, packageId } = library;
    const set = { name: 'Again', type: 'vfx', project_id, source_path: '/media/again' };
    expect(await refusal('packages.create', { ids: [packageId], set })).toMatchObject({ code: 'conflict' });
    expect(
      await refusal('packages.create', { ids: [uuid()], set: { ...set, source_path: '/media/package' } }),
    ).toMatchObject({ code: 'conflict', message: expect.stringContaining('already has a package of this folder') });
    const missing = [
      ['packages.create', { ids: [uuid()], set: { ...set, project_id: uuid() } }, 'project'],
      ['packages.edit', { ids: [packageId], set: { subject_id: uuid() } }, 'subject'],
      ['packages.create', { ids: [uuid()], set: { ...set, subject_id: uuid() } }, 'subject'],
      ['assets.move', { ids: library.assetIds, subject_id: uuid() }, 'subject'],
      ['runs.create', { ids: [uuid()], set: { project_id, package_id: uuid() } }, 'package'],
      ['runs.hold', { ids: [uuid()], held: 'paused' }, 'run'],
      ['subjects.edit', { ids: [uuid()], set: { name: 'x' } }, 'subject'],
    ] as const;
    for (const [name, args, what] of missing)
      expect(await refusal(name, args)).toMatchObject({ code: 'not_found', message: expect.stringContaining(what) });
  });

  test('reports a subject of another project as not found, and accepts one of the same project', async () => {
    const other = await insertTestLibrary(database.sql, { assets: 1 });
    const { projectId, packageId, assetIds } = library;
    const [own, stranger] = [uuid(), uuid()];
    await send([
      { name: 'subjects.create', args: { ids: [own], set: { name: 'ada', project_id: projectId } } },
      { name: 'subjects.create', args: { ids: [stranger], set: { name: 'ben', project_id: other.projectId } } },
    ]);
    const delivery = { name: 'New', type: 'vfx', project_id: projectId, source_path: '/media/new' };
    const calls = (subject_id: string): [string, object][] => [
      ['assets.move', { ids: assetIds, subject_id }],
      ['packages.edit', { ids: [packageId], set: { subject_id } }],
      ['packages.create', { ids: [uuid()], set: { ...delivery, subject_id } }],
    ];
    for (const [name, args] of calls(stranger)) expect(await refusal(name, args)).toMatchObject({ code: 'not_found' });
    for (const [name, args] of calls(own)) expect(await refusal(name, args)).toBeNull();
    const mixed = { ids: [...assetIds, ...other.assetIds], subject_id: own };
    expect(await refusal('assets.move', mixed)).toMatchObject({ code: 'not_found' });
    const unexpected = { ids: assetIds, subject_id: null, expect: stranger };
    expect(await refusal('assets.move', unexpected)).toBeNull();
    expect(await database.sql`SELECT FROM assets WHERE subject_id = ${own}`).toHaveLength(assetIds.length);
  });

  test('finally rejects a change that Postgres will never accept', async () => {
    const { sql } = database;
    await sql`ALTER TABLE saved_filters ADD CONSTRAINT no_such_name CHECK (name <> 'never')`;
    await sql`CREATE INDEX too_long ON projects (notes)`;
    const filter = { ids: [uuid()], set: { name: 'never', address: '/' } };
    expect(await refusal('saved_filters.create', filter)).toMatchObject({ code: 'invalid_arguments' });
    // Random text, since a compressible one would fit.
    const notes = randomBytes(9000).toString('hex');
    const edit = { ids: [library.projectId], set: { notes } };
    expect(await refusal('projects.edit', edit)).toMatchObject({ message: expect.stringContaining('too long') });
    await sql`DROP INDEX too_long`;
    expect(await refusal('projects\0edit', {})).toMatchObject({ code: 'unknown_mutation' });
    const path = `/${'ü'.repeat(1300)}`;
    const set = { name: 'Deep', type: 'vfx', project_id: library.projectId, source_path: path };
    expect(await refusal('packages.create', { ids: [uuid()], set })).toMatchObject({
      message: expect.stringContaining('at most 2,600 bytes'),
    });
    const mutation = {
      id: uuid(),
      name: 'projects.edit',
      args: { ids: [library.projectId], set: { notes: 'x' }, deep: 0 },
    };
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const body = JSON.stringify({ client, mutations: [mutation] }).replace('"deep":0', `"deep":${deep}`);
    const headers = { 'content-type': 'application/json' };
    const answer = await route.request('/', { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ results: [{ id: mutation.id, status: 'applied' }] });
  });

  test('finally rejects a text that Postgres cannot store, and applies the mutations after it', async () => {
    const poison = { id: uuid(), name: 'projects.edit', args: { ids: [library.projectId], set: { notes: 'a\0b' } } };
    const results = await send([
      poison,
      { name: 'projects.edit', args: { ids: [library.projectId], set: { notes: 'fine' } } },
    ]);
    expect(results).toMatchObject([
      { status: 'rejected', error: { code: 'invalid_arguments' } },
      { status: 'applied' },
    ]);
    expect(await send([poison])).toEqual([results[0]]);
  });
});

describe('POST /api/mutations', () => {
  test('answers a repeated id the same way and applies it once', async () => {
    const id = uuid();
    const [first] = library.assetIds;
    const add = { id, name: 'assets.tag', args: { ids: [first], add: ['once'], remove: [] } };
    await send([add]);
    await send([{ name: 'assets.tag', args: { ids: [first], add: [], remove: ['once'] } }]);
    expect(await send([add])).toEqual([{ id, status: 'applied' }]);
    expect((await tags())[0]).toEqual([]);
  });

  test('applies an id once when it is sent ten times concurrently', async () => {
    const id = uuid();
    const mutation = { id, name: 'assets.tag', args: { ids: library.assetIds, add: ['race'], remove: [] } };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send([mutation])));
    expect(new Set(answers.flat().map((result) => result.status))).toEqual(new Set(['applied']));
    const [row] = await database.sql`SELECT count(*)::integer AS count FROM mutations WHERE id = ${id}`;
    expect(row?.['count']).toBe(1);
  });

  test('repeats a rejection with the same reason, and applies the mutations around it', async () => {
    const refused = { id: uuid(), name: 'assets.tag', args: { ids: [uuid()], add: ['x'], remove: [] } };
    const results = await send([
      { name: 'assets.tag', args: { ids: library.assetIds, add: ['before'], remove: [] } },
      refused,
      { name: 'assets.explode', args: {} },
      { name: 'assets.tag', args: { ids: library.assetIds, add: ['after'], remove: [] } },
    ]);
    expect(results.map((result) => (result.status === 'rejected' ? result.error.code : 'applied'))).toEqual([
      'applied',
      'not_found',
      'unknown_mutation',
      'applied',
    ]);
    expect(await send([refused])).toEqual([results[1]]);
    expect((await tags())[2]).toEqual(['after', 'before']);
  });

  test('reports another client’s id as a conflict without revealing its answer', async () => {
    const mutation = { id: uuid(), name: 'assets.tag', args: { ids: library.assetIds, add: ['mine'], remove: [] } };
    await send([mutation]);
    const [result] = await send([mutation], uuid());
    expect(result).toMatchObject({ status: 'rejected', error: { code: 'conflict' } });
  });

  test('treats a client’s id in upper case as the same client', async () => {
    const add = { id: uuid(), name: 'assets.tag', args: { ids: library.assetIds, add: ['case'], remove: [] } };
    const expected = [{ id: add.id, status: 'applied' }];
    expect(await send([add], client.toUpperCase())).toEqual(expected);
    expect(await send([add], client)).toEqual(expected);
    expect(await send([add], client.toUpperCase())).toEqual(expected);
  });

  test('rejects an id older than the history without changes, and answers one that is still known', async () => {
    const madeBefore = (days: number) => uuid({ msecs: Date.now() - days * 24 * 3600 * 1000 });
    const tag = (id: string, name: string) => ({
      ...{ id, name: 'assets.tag' },
      args: { ids: library.assetIds, add: [name], remove: [] },
    });
    const known = madeBefore(100);
    await database.sql`
      INSERT INTO mutations (id, client, name, status) VALUES (${known}, ${client}, 'assets.tag', 'applied')`;
    const [forgotten, recent] = [madeBefore(91), madeBefore(89)];
    const sent = [tag(forgotten, 'forgotten'), tag(known, 'known'), tag(recent, 'recent')];
    const results = await send(sent);
    expect(results).toMatchObject([
      { id: forgotten, status: 'rejected', error: { code: 'too_old', message: expect.stringContaining('90 days') } },
      { id: known, status: 'applied' },
      { id: recent, status: 'applied' },
    ]);
    expect(await send(sent)).toEqual(results);
    expect((await tags())[0]).toEqual(['recent']);
  });

  test('lets two clients tag the same assets in opposite order', async () => {
    const reversed = library.assetIds.toReversed();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        send(
          [
            {
              name: 'assets.tag',
              args: { ids: index % 2 ? reversed : library.assetIds, add: [`t${index}`], remove: [] },
            },
          ],
          uuid(),
        ),
      ),
    );
    expect((await tags()).map((set) => set.length)).toEqual([20, 20, 20]);
  });

  test('lets clients add and remove the same tags on the same assets in any order', async () => {
    await send([{ name: 'assets.tag', args: { ids: library.assetIds, add: ['a', 'b'], remove: [] } }]);
    const orders = [library.assetIds, library.assetIds.toReversed()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const [add, remove] = index % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
        const args = { ids: orders[index % 3 === 0 ? 0 : 1], add: [add], remove: [remove] };
        return send([{ name: 'assets.tag', args }], uuid());
      }),
    );
    expect(new Set(answers.flat().map((result) => result.status))).toEqual(new Set(['applied']));
    const sets = (await tags()).map((set) => set.join());
    expect(new Set(sets).size).toBe(1);
    expect(sets[0]).toMatch(/^[ab]$/);
  });

  test.each([
    ['no JSON', 'nonsense', 400, 'invalid_arguments'],
    ['no client', { mutations: [{ id: uuid(), name: 'assets.tag' }] }, 400, 'invalid_arguments'],
    ['nothing to do', { client, mutations: [] }, 400, 'invalid_arguments'],
  ])('%s returns a 400 with the reason', async (_, body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringMatching(/\w/) } });
  });

  test('rejects anything but JSON, since a foreign page can post text', async () => {
    const response = await post({ client, mutations: [] }, { 'content-type': 'text/plain' });
    expect(response.status).toBe(415);
  });

  test('names three of many bad ids, counts the others, and stores no more than that', async () => {
    const ids = Array.from({ length: 100_000 }, () => 'not an id');
    const [result] = await send([{ name: 'assets.review', args: { ids, review_status: 'approved' } }]);
    if (result?.status !== 'rejected') throw new Error('it was applied');
    expect(result.error.message.match(/Invalid UUID/g)).toHaveLength(3);
    expect(result.error.message).toContain('and 99,997 more');
    const [row] = await database.sql`SELECT error_message FROM mutations WHERE id = ${result.id}`;
    expect(row?.['error_message']).toBe(result.error.message);
  });

  test('bounds a rejection with many different faults', async () => {
    const args = Object.fromEntries(Array.from({ length: 5000 }, (_, place) => [`${'key'.repeat(50)}${place}`, 1]));
    const [result] = await send([
      { name: 'assets.review', args: { ...args, ids: [uuid()], review_status: 'x'.repeat(100_000) } },
    ]);
    if (result?.status !== 'rejected') throw new Error('it was applied');
    expect(result.error.message.length).toBeLessThanOrEqual(1000);
  });

  test('leaves time for other requests while it checks a large one with bad ids', async () => {
    const ids = Array.from({ length: 3_000_000 }, () => 'a');
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const [result] = await send([{ name: 'assets.review', args: { ids, review_status: 'approved' } }]);
    clearInterval(turning);
    expect(result).toMatchObject({ status: 'rejected', error: { code: 'invalid_arguments' } });
    expect(turns).toBeGreaterThan(10);
  });

  test('returns a 413 for a request that names too many rows', async () => {
    const ids = Array.from({ length: 60_000 }, () => uuid());
    const one = { name: 'assets.review', args: { ids, review_status: 'approved' } };
    const response = await post({ client, mutations: [one, one].map((each) => ({ id: uuid(), ...each })) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'too_large' } });
  });

  test('returns a 413 for a body over the limit', async () => {
    const response = await post({ client, mutations: [], padding: 'x'.repeat(17 * 1024 * 1024) });
    expect(response.status).toBe(413);
  });
});

test('defers changes while the database disk is nearly full, and accepts them once there is room', async () => {
  const [first] = library.assetIds;
  const mutation = { id: uuid(), name: 'assets.tag', args: { ids: [first], add: ['late'], remove: [] } };
  full = 'The disk of the database has no room.';
  const refused = await post({ client, mutations: [mutation] });
  expect([refused.status, await refused.json()]).toEqual([503, { error: { code: 'unavailable', message: full } }]);
  expect((await tags())[0]).toEqual([]);
  full = null;
  expect(await send([mutation])).toEqual([{ id: mutation.id, status: 'applied' }]);
  expect((await tags())[0]).toEqual(['late']);
});
