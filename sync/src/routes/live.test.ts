import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { type ServerState, serverState } from '@ingesthub/schema/replica/server-state.ts';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineApp } from '../shape-engine/engine-app.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { createKnownScopes } from '../shapes/known-scopes.ts';
import { createRemoteElectric } from '../shapes/remote-electric.ts';
import { ServerStateWatch } from '../shapes/server-state.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { everyScope } from '../testing/test-scopes.ts';
import { served, type TestServer } from '../testing/test-server.ts';
import { liveRoute } from './live.ts';
import { shapesRoute } from './shapes.ts';

const ring = z.object({
  shape: z.string(),
  handle: z.string(),
  offset: z.string(),
  from: z.string().optional(),
  messages: z.string().optional(),
  more: z.literal(true).optional(),
});
type Ring = z.infer<typeof ring>;

function query(shapes: readonly string[]): URLSearchParams {
  return new URLSearchParams(shapes.map((shape): [string, string] => ['shape', shape]));
}

/** Yields the rings of a stream in order. */
async function* rings({ body }: Response): AsyncGenerator<Ring, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: ring\ndata: (.*)$/.exec(event)?.[1];
      if (data) yield ring.parse(JSON.parse(data));
    }
  }
}

/** Yields the server states that a stream reports, in order. */
async function* states({ body }: Response): AsyncGenerator<ServerState, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: state\ndata: (.*)$/.exec(event)?.[1];
      if (data) yield serverState.parse(JSON.parse(data));
    }
  }
}

async function next(stream: AsyncGenerator<Ring, undefined>): Promise<Ring> {
  const { value, done } = await stream.next();
  if (done) throw new Error('the stream has ended');
  return value;
}

describe.each(['embedded', 'remote'] as const)('liveRoute over HTTP, %s', (mode) => {
  const project = randomUUID();
  const stop = new AbortController();
  let database: TestDatabase;
  let engine: ShapeSource;
  let polls = 0;
  let electric: TestServer;
  let gateway: TestServer;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'P', 'vfx')`;
    engine = createShapeEngine({ databaseUrl: database.url });
    const counting = new Hono()
      .use('/v1/shape', async ({ req }, answer) => {
        const poll = req.query('live') ? 1 : 0;
        polls += poll;
        await answer().finally(() => {
          polls -= poll;
        });
      })
      .route('/', engineApp(engine));
    electric = await served(counting);
    const inside: ShapeSource = {
      fetch: async (request) => counting.fetch(request),
      health: () => engine.health(),
      close: () => Promise.resolve(),
    };
    const source = mode === 'embedded' ? inside : createRemoteElectric({ url: electric.url, secret: null });
    const scopes = createKnownScopes(database.sql);
    gateway = await served(
      new Hono()
        .route('/api/shapes', shapesRoute({ source, scopes }))
        .route('/api/live', liveRoute({ source, scopes, signal: stop.signal })),
    );
  });
  afterAll(async () => {
    stop.abort();
    await engine.close();
    await gateway.close();
    await electric.close();
    await database[Symbol.asyncDispose]();
  });

  async function listen(shapes: readonly string[], signal: AbortSignal) {
    const answer = await fetch(`${gateway.url}/api/live?${query(shapes)}`, { signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    return rings(answer);
  }

  test('reports each shape’s position, then each move; three listeners share one poll per shape', async () => {
    const assets = `assets?project=${project}`;
    const leave = new AbortController();
    const first = await listen(['projects', assets], leave.signal);
    const positions = [await next(first), await next(first)];
    expect(positions.map(({ shape }) => shape).toSorted()).toEqual([assets, 'projects']);

    const second = await listen([assets, 'projects'], leave.signal);
    const third = await listen([assets, 'projects'], leave.signal);
    const where = ({ shape, handle, offset }: Ring) => ({ shape, handle, offset });
    for (const stream of [second, third])
      expect([await next(stream), await next(stream)].map(where)).toEqual(expect.arrayContaining(positions.map(where)));
    await expect.poll(() => polls).toBe(2);

    await database.sql`UPDATE projects SET notes = 'moved' WHERE id = ${project}`;
    const moved = await next(first);
    expect(moved.shape).toBe('projects');
    expect([await next(second), await next(third)]).toEqual([moved, moved]);
    await expect.poll(() => polls).toBe(2);

    // The position of a reader that has every row.
    const answer = await fetch(`${gateway.url}/api/shapes/projects?offset=0_inf&handle=${moved.handle}`);
    expect(answer.headers.get('electric-offset')).toBe(moved.offset);
    expect(answer.headers.has('electric-up-to-date')).toBe(true);

    await database.sql`TRUNCATE projects CASCADE`;
    const refetched = [await next(first), await next(first)];
    expect(refetched.map(({ shape }) => shape).toSorted()).toEqual([assets, 'projects']);
    expect(refetched.map(({ handle }) => handle)).not.toContain(moved.handle);

    leave.abort();
    await expect.poll(() => polls).toBe(0);
  });

  test('rings with what a reader at the position before would fetch, unless that is large', async () => {
    const leave = new AbortController();
    const stream = await listen(['subjects'], leave.signal);
    const before = await next(stream);
    expect(before.messages).toBeUndefined();
    const rename = async (name: string) => {
      await database.sql`
        INSERT INTO subjects (id, project_id, name) VALUES (${subject}, ${project}, ${name})
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, notes = ${name}`;
      return next(stream);
    };
    const subject = randomUUID();
    await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'P', 'vfx') ON CONFLICT DO NOTHING`;
    const small = await rename('small');
    expect(small).toMatchObject({ shape: 'subjects', handle: before.handle, from: before.offset });
    const answer = await fetch(`${gateway.url}/api/shapes/subjects?offset=${before.offset}&handle=${before.handle}`);
    expect(answer.headers.get('electric-offset')).toBe(small.offset);
    const messages = (text: string | undefined) =>
      (JSON.parse(text ?? '[]') as { key?: string }[]).filter(({ key }) => key);
    expect(messages(small.messages)).toEqual(messages(await answer.text()));
    expect(messages(small.messages)).toHaveLength(1);
    expect(JSON.parse(small.messages ?? '').at(-1)).toMatchObject({ headers: { control: 'up-to-date' } });

    const large = await rename('large'.repeat(5_000));
    expect([large.from, large.messages]).toEqual([undefined, undefined]);
    expect((await rename('small again')).from).toBe(large.offset);
    leave.abort();
    await expect.poll(() => polls).toBe(0);
  });

  test.runIf(mode === 'embedded')('rings together for the shapes that one transaction moved', async () => {
    const leave = new AbortController();
    const [folders, assets] = [`folders?project=${project}`, `assets?project=${project}`];
    const stream = await listen(['projects', 'packages', folders, assets], leave.signal);
    for (let shape = 0; shape < 4; shape++) await next(stream);
    let together = 0;
    for (let round = 0; round < 20; round++) {
      const id = randomUUID();
      await database.sql.begin(async (sql) => {
        await sql`UPDATE projects SET notes = ${id} WHERE id = ${project}`;
        await sql`
          INSERT INTO packages (id, project_id, name, type, source_path)
          VALUES (${id}, ${project}, ${id}, 'vfx', ${id})`;
      });
      const rung = [await next(stream), await next(stream)];
      expect(rung.map(({ shape }) => shape).toSorted()).toEqual(['packages', 'projects']);
      expect(rung[1]?.more).toBeUndefined();
      if (rung[0]?.more) together++;
    }
    // A busy machine can read the two logs far apart. Such rings are sent one by one.
    expect(together).toBeGreaterThan(0);
    leave.abort();
    await expect.poll(() => polls).toBe(0);
  });

  test('accepts by POST more shapes than fit in a URL', async () => {
    const leave = new AbortController();
    const shapes = ['projects', ...Array.from({ length: 400 }, () => `assets?project=${randomUUID()}`)];
    const answer = await fetch(`${gateway.url}/api/live`, {
      method: 'POST',
      body: query(shapes),
      signal: leave.signal,
    });
    expect(answer.status).toBe(200);
    const rung = rings(answer);
    const seen = new Set<string>();
    while (!seen.has('projects')) seen.add((await next(rung)).shape);
    leave.abort();
    await expect.poll(() => polls).toBe(0);
  });

  test.each([
    ['', 'Name the shapes'],
    ['shape=nothing', '"nothing" names no shape'],
    ['shape=assets', '"assets" names no shape'],
    [Array.from({ length: 10_001 }, () => `shape=assets?project=${randomUUID()}`).join('&'), 'at most 10000'],
  ])('rejects a stream of no shapes, unknown shapes or too many shapes (%#)', async (shapes, message) => {
    const answer = await fetch(`${gateway.url}/api/live`, { method: 'POST', body: shapes });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'invalid_arguments', message: expect.stringContaining(message) },
    });
  });
});

/** An Electric whose shapes are at the offsets given by the test, by table. */
function positionedElectric(offsets: Readonly<Record<string, (live: boolean) => Promise<string> | string | null>>) {
  const polls = new Set<Request>();
  const app = new Hono().get('/v1/shape', async ({ req }) => {
    const poll = req.raw;
    const live = req.query('live') === 'true';
    if (live) polls.add(poll);
    const gone = new Promise<null>((resolve) => poll.signal.addEventListener('abort', () => resolve(null)));
    const position = offsets[req.query('table') ?? ''];
    const offset = await Promise.race([position ? position(live) : null, gone]);
    polls.delete(poll);
    if (offset === null) return new Response('out of order', { status: 500 });
    const headers = { 'electric-handle': '1-2', 'electric-offset': offset, 'electric-up-to-date': '' };
    return new Response('[]', { headers });
  });
  const source: ShapeSource = {
    fetch: async (request) => app.fetch(request),
    health: () => Promise.resolve({ mode: 'remote', status: 'active', problem: null }),
    close: () => Promise.resolve(),
  };
  return { app, source, polls };
}

const forEver = new AbortController().signal;

test('liveRoute: answers HEAD without listening', async () => {
  const { source, polls } = positionedElectric({ projects: (live) => (live ? new Promise(() => {}) : '1_0') });
  const app = liveRoute({ source, scopes: everyScope, signal: forEver });
  const answer = await app.request(`/?${query(['projects', 'subjects'])}`, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  // The next listener is the only one.
  const stream = rings(await app.request(`/?${query(['projects'])}`));
  await next(stream);
  await expect.poll(() => polls.size).toBe(1);
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
});

test('liveRoute: rings for other shapes while one fails, and for that one once it recovers', async () => {
  let subjects = 0;
  let projects: string | null = null;
  const { source, polls } = positionedElectric({
    projects: () => projects,
    subjects: () => (subjects < 3 ? `${++subjects}_0` : new Promise(() => {})),
  });
  const app = liveRoute({ source, scopes: everyScope, signal: forEver });
  const stream = rings(await app.request(`/?${query(['projects', 'subjects'])}`));
  let last: Ring;
  do last = await next(stream);
  while (last.offset !== '3_0');
  expect(last.shape).toBe('subjects');
  projects = '7_0';
  expect(await next(stream)).toEqual({ shape: 'projects', handle: '1-2', offset: '7_0' });
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
});

test('liveRoute: keeps one position per shape for a browser that does not read, and sends it the last one', async () => {
  const MOVES = 500;
  let moves = 0;
  const { source, polls } = positionedElectric({
    projects: () => (moves < MOVES ? `${++moves}_0` : new Promise(() => {})),
  });
  const answer = await liveRoute({ source, scopes: everyScope, signal: forEver }).request(`/?${query(['projects'])}`);
  await expect.poll(() => moves).toBe(MOVES);
  const stream = rings(answer);
  const rung: Ring[] = [];
  do rung.push(await next(stream));
  while (rung.at(-1)?.offset !== `${MOVES}_0`);
  expect(rung.length).toBeLessThan(5);
  // The messages of the moves in between were not kept.
  expect(rung.at(-1)?.messages).toBeUndefined();
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
});

test('liveRoute: sends the polls of 300 projects to a remote Electric at once', async () => {
  const { app, polls } = positionedElectric({ assets: (live) => (live ? new Promise(() => {}) : '1_0') });
  const electric = await served(app);
  const source = createRemoteElectric({ url: electric.url, secret: null });
  const shapes = Array.from({ length: 300 }, () => `assets?project=${randomUUID()}`);
  const stream = rings(await liveRoute({ source, scopes: everyScope, signal: forEver }).request(`/?${query(shapes)}`));
  const rang = new Set<string>();
  while (rang.size < shapes.length) rang.add((await next(stream)).shape);
  await expect.poll(() => polls.size).toBe(shapes.length);
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
  await electric.close();
});

test('liveRoute: reports in the source’s words that a shape cannot be followed, and when it can again', async () => {
  let offset: string | null = null;
  const { app, polls } = positionedElectric({
    projects: (live) => offset ?? (live ? new Promise(() => {}) : '1_0'),
    subjects: (live) => (live && offset !== null ? new Promise(() => {}) : offset),
  });
  const electric = await served(app);
  const source = createRemoteElectric({ url: electric.url, secret: null });
  const answer = await liveRoute({ source, scopes: everyScope, signal: forEver }).request(
    `/?${query(['projects', 'subjects'])}`,
  );
  const stream = states(answer);
  let state = (await stream.next()).value;
  while (state?.following === null) state = (await stream.next()).value;
  expect(state).toEqual({ following: 'The remote Electric answers with status 500.', writing: null });
  offset = '2_0';
  expect((await stream.next()).value).toEqual({ following: null, writing: null });
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
  await electric.close();
});

test('liveRoute: reports early why the source follows nothing or why changes are not accepted', async () => {
  const { source, polls } = positionedElectric({ projects: (live) => (live ? new Promise(() => {}) : '1_0') });
  let health: Awaited<ReturnType<ShapeSource['health']>> = { mode: 'embedded', status: 'active', problem: null };
  let full: string | null = null;
  const disk = { problem: async () => full };
  let refused: Error | null = null;
  const askPostgres = async () => {
    if (refused) throw refused;
  };
  const state = new ServerStateWatch({ source: { health: async () => health }, disk, askPostgres, checkMs: 10 });
  const stream = states(
    await liveRoute({ source, scopes: everyScope, state, signal: forEver }).request(`/?${query(['projects'])}`),
  );
  expect((await stream.next()).value).toEqual({ following: null, writing: null });
  health = { mode: 'embedded', status: 'down', problem: 'Postgres is away.' };
  expect((await stream.next()).value).toEqual({ following: 'Postgres is away.', writing: null });
  health = { mode: 'embedded', status: 'active', problem: null };
  expect((await stream.next()).value).toEqual({ following: null, writing: null });
  // A remote Electric may be healthy while Postgres is unreachable from here.
  refused = new Error('connect ECONNREFUSED');
  expect((await stream.next()).value).toEqual({ following: 'Postgres does not answer.', writing: null });
  refused = null;
  expect((await stream.next()).value).toEqual({ following: null, writing: null });
  full = 'There is no room.';
  expect((await stream.next()).value).toEqual({ following: null, writing: 'There is no room.' });
  await stream.return(undefined);
  await expect.poll(() => polls.size).toBe(0);
});
