/** The real server rings, its rings are disturbed on the way, and the replica must hold what Postgres holds. */
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { startReplica } from '../open/start-replica.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

const PATIENCE = { timeout: 20_000 };
const [project, packageId] = [uuid(), uuid()];
const assets = Array.from({ length: 5 }, () => uuid());

let postgres: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await createTestServer(postgres.url);
  const { sql } = postgres;
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'P', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${packageId}, ${project}, 'delivery', 'vfx', '/mnt')`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT id, ${project}, ${packageId}, id || '.png', id || '.png', 'image', 'plate', 0, now()
    FROM unnest(${assets}::uuid[]) AS id`;
});
afterAll(async () => {
  await server.kill();
  await postgres[Symbol.asyncDispose]();
});

/** Returns what arrives of an event; null when the stream breaks off before it. */
type Disturb = (event: string) => string[] | null;

function disturbed(body: ReadableStream<Uint8Array>, disturb: Disturb): ReadableStream<Uint8Array> {
  let text = '';
  const events = new TransformStream<string, string>({
    transform(chunk, controller) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop() ?? '';
      for (const event of parts) {
        const arriving = disturb(event);
        if (arriving === null) return controller.terminate();
        for (const one of arriving) controller.enqueue(`${one}\n\n`);
      }
    },
  });
  return body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(events)
    .pipeThrough(new TextEncoderStream() as ReadableWritablePair<Uint8Array<ArrayBuffer>, string>);
}

async function openReplica(disturb: Disturb = (event) => [event]) {
  const database = await createPGlite(await quickPGlite());
  const fetched: string[] = [];
  const replica = await startReplica({
    database,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
    async fetch(input, init) {
      const answer = await fetch(input, init);
      const { pathname } = new URL(String(input));
      if (pathname.startsWith('/api/shapes/')) fetched.push(pathname);
      if (pathname !== '/api/live' || answer.body === null) return answer;
      return new Response(disturbed(answer.body, disturb), answer);
    },
  });
  await expect.poll(() => replica.status().phase, PATIENCE).toBe('ready');
  return {
    replica,
    fetched,
    async [Symbol.asyncDispose]() {
      await replica.close();
      await database.close();
    },
  };
}

const state = `
  SELECT (SELECT notes FROM projects WHERE id = $1) AS project, (SELECT description FROM packages WHERE id = $2) AS package,
    (SELECT coalesce(string_agg(asset_id || tag, ',' ORDER BY asset_id::text, tag), '') FROM asset_tags WHERE package_id = $2) AS tags,
    (SELECT sum(size_bytes)::text FROM assets WHERE package_id = $2) AS bytes`;
const values = [project, packageId];

async function stateOnServer(): Promise<unknown> {
  const [row] = await postgres.sql.unsafe(state, values);
  return { ...row };
}

/** Changes four shapes in one transaction, of which `note` is the size too. */
async function change(note: string, tagged: readonly string[] = assets): Promise<void> {
  await postgres.sql.begin(async (sql) => {
    await sql`UPDATE projects SET notes = ${note} WHERE id = ${project}`;
    await sql`UPDATE packages SET description = ${note} WHERE id = ${packageId}`;
    await sql`UPDATE assets SET size_bytes = size_bytes + 1 WHERE id = ANY (${tagged}::uuid[])`;
    await sql`DELETE FROM asset_tags WHERE package_id = ${packageId}`;
    await sql`
      INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
      SELECT id, ${note.slice(0, 20)}, ${packageId}, ${project} FROM unnest(${tagged}::uuid[]) AS id`;
  });
}

test('startReplica: small changes come with the rings, whole transactions at a time, and no shape is fetched for them', async () => {
  await using opened = await openReplica();
  const { replica, fetched } = opened;
  const seen = new Set<string>();
  let looking = Promise.resolve();
  replica.onChange(() => {
    looking = looking.then(async () => {
      const [row] = await replica.query<{ project: string; package: string; tags: string }>({ text: state, values });
      seen.add([row?.project, row?.package, row?.tags.slice(36, 40)].join());
    });
  });
  // The changes of a first load are fetched, and so is the one during which the doorbell is reopened for its shapes.
  await change('n000');
  await expect
    .poll(async () => (await replica.query({ text: state, values }))[0], PATIENCE)
    .toEqual(await stateOnServer());
  fetched.length = 0;
  await looking;
  seen.clear();
  const notes = Array.from({ length: 10 }, (_, at) => `n${String(at + 1).padStart(3, '0')}`);
  for (const note of notes) {
    await change(note);
    await expect
      .poll(async () => (await replica.query({ text: state, values }))[0], PATIENCE)
      .toEqual(await stateOnServer());
  }
  await looking;
  expect([...seen]).toEqual(expect.arrayContaining(notes.map((note) => [note, note, note].join())));
  expect([...seen].filter((text) => new Set(text.split(',')).size > 1)).toEqual([]);
  expect(fetched).toEqual([]);
});

test('startReplica: has what the server has after rings were lost, repeated, late or too large, and shapes were refetched', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.info(`seed ${seed}`);
  const random = seededRandom(seed).next;
  const late: string[] = [];
  /** A stream cannot keep its last event back for ever, so it breaks off at the end and is whole from then on. */
  let end: 'no' | 'breaks off' | 'calm' = 'no';
  await using opened = await openReplica((event) => {
    if (!event.startsWith('event: ring') || end === 'calm') return [event];
    const dice = random();
    if (end === 'breaks off' || dice < 0.03) {
      if (end === 'breaks off') end = 'calm';
      late.length = 0;
      return null;
    }
    late.push(event, ...(dice < 0.2 ? [event] : []));
    return dice < 0.3 ? [] : late.splice(0);
  });
  const { replica } = opened;
  for (let step = 0; step < 80; step++) {
    const dice = random();
    const note = `${step}${dice < 0.1 ? 'x'.repeat(17_000) : ''}`;
    await change(note, assets.slice(Math.floor(random() * assets.length)));
    // The server drops the shape: its readers fetch it from its start, under another handle.
    if (dice > 0.97) await postgres.sql`TRUNCATE asset_tags`;
    if (dice > 0.5 && dice < 0.6) await replica.mutate('assets.tag', { ids: assets, add: [`t${step}`], remove: [] });
    if (dice > 0.8) await replica.query({ text: state, values });
  }
  end = 'breaks off';
  await change('the end');
  // The server may still be applying the last mutations, so its state is asked each time.
  await vi.waitFor(async () => {
    const [here] = await replica.query({ text: state, values });
    expect([replica.status().unsent, here]).toEqual([0, await stateOnServer()]);
  }, PATIENCE);
  expect(await replica.audit()).toMatchObject({ skipped: 0, repairedRows: 0, unrepaired: [] });
});
