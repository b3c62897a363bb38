import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Shape, ShapeStream, type ShapeStreamInterface } from '@electric-sql/client';
import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { createWantedImages } from '../replica-image/wanted-images.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { createCompressedShapes } from '../shapes/compressed-shapes.ts';
import { createKnownScopes } from '../shapes/known-scopes.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { everyScope } from '../testing/test-scopes.ts';
import { shapesRoute } from './shapes.ts';

let database: TestDatabase;
let source: ShapeSource;
let app: ReturnType<typeof shapesRoute>;
const projects = [randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  database = await createTestDatabase();
  source = createShapeEngine({ databaseUrl: database.url });
  app = shapesRoute({ source, scopes: createKnownScopes(database.sql) });
  const { sql } = database;
  for (const id of projects) {
    await sql`INSERT INTO projects (id, name, type) VALUES (${id}, ${id}, 'vfx')`;
    await sql`INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${id}, ${id}, 'K', 'vfx', '/k')`;
    await sql`
      INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
      VALUES (gen_random_uuid(), ${id}, ${id}, 'a.png', 'a.png', 'image', 'aligned', 1, now())`;
  }
});
afterAll(async () => {
  await source.close();
  await database[Symbol.asyncDispose]();
});

interface Message {
  readonly value?: Readonly<Record<string, string | null>>;
}
const rowsOf = async (answer: Response) =>
  ((await answer.json()) as Message[]).flatMap((message) => (message.value ? [message.value] : []));

test('shapesRoute: serves all rows of a library shape, with the protocol’s headers', async () => {
  const answer = await app.request('/projects?offset=-1');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('electric-offset')).toBe('0_0');
  expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=604800/);
  expect((await rowsOf(answer)).map((row) => row['id']).toSorted()).toEqual([...projects].toSorted());
});

test('shapesRoute: serves only a project’s own rows and the replicated columns', async () => {
  const [row, ...others] = await rowsOf(await app.request(`/assets?project=${projects[0]}&offset=-1`));
  expect(others).toEqual([]);
  expect(row).toMatchObject({ project_id: projects[0], name: 'a.png' });
  expect(Object.keys(row ?? {})).not.toContain('inode');
});

test.each([
  ['long polls', false],
  ['events', true],
])('shapesRoute: Electric’s client reads a shape through compression, by %s', async (_, liveSse) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-shapes-'));
  const answers: (string | null)[] = [];
  const shapes = createCompressedShapes(source, { folder });
  const compressing = new Hono()
    .use(async (context, next) => {
      await next();
      for (const header of ['content-encoding', 'content-type']) answers.push(context.res.headers.get(header));
    })
    .route('/', shapesRoute({ source: shapes, scopes: everyScope }));
  const port = await freePort();
  const server = serve({ fetch: compressing.fetch, port, hostname: '127.0.0.1' });
  const ended = new AbortController();
  const url = `http://127.0.0.1:${port}/packages`;
  const shape = new Shape(
    new ShapeStream({ url, signal: ended.signal, liveSse, warnOnHttp: false }) as ShapeStreamInterface,
  );
  const ids = async () => (await shape.rows).map((row) => row['id']).toSorted();
  await expect.poll(ids).toEqual([...projects].toSorted());
  const id = randomUUID();
  await database.sql`
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${id}, ${projects[0]}, 'L', 'vfx', '/l')`;
  await expect.poll(ids).toEqual([...projects, id].toSorted());
  await database.sql`DELETE FROM packages WHERE id = ${id}`;
  expect(answers).toContain('gzip');
  expect(answers.includes('text/event-stream')).toBe(liveSse);
  ended.abort();
  await new Promise((resolve) => {
    server.close(resolve);
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  await rm(folder, { recursive: true });
});

test('shapesRoute, liveRoute: reject pages of other origins and other names of this machine', async () => {
  const config = {
    databaseFolder: null,
    derivativeFolder: '',
    mediaRoots: [],
    minFree: 0,
    preparedFolder: '',
    replicaImageFolder: '',
    version: '1',
    webFolder: '',
  };
  const { signal } = new AbortController();
  const whole = createApp({
    sql: database.sql,
    source,
    wantedImages: createWantedImages(),
    log: pino({ level: 'silent' }),
    config,
    signal,
  });
  for (const target of ['/api/shapes/projects?offset=-1', '/api/live?shape=projects']) {
    const ask = async (headers: Record<string, string>) => {
      const answer = await whole.request(target, { headers: { host: '127.0.0.1:8080', ...headers } });
      await answer.body?.cancel();
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    };
    expect(await ask({})).toEqual([200, null]);
    expect(await ask({ origin: 'http://evil.example' })).toEqual([403, null]);
    expect(await ask({ host: 'evil.example' })).toEqual([403, null]);
  }
});

test('shapesRoute: forwards handle, offset, live and If-None-Match', async () => {
  const path = `/assets?project=${projects[1].toUpperCase()}`;
  const first = await app.request(`${path}&offset=-1`);
  const etag = first.headers.get('etag') ?? '';
  expect((await app.request(`${path}&offset=-1`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const handle = first.headers.get('electric-handle');
  const next = await app.request(`${path}&offset=0_0&handle=${handle}`);
  expect(next.headers.has('electric-up-to-date')).toBe(true);
  const poll = app.request(`${path}&offset=${next.headers.get('electric-offset')}&handle=${handle}&live=true`);
  await database.sql`UPDATE assets SET camera = 'cam_x' WHERE project_id = ${projects[1]}`;
  expect(await rowsOf(await poll)).toMatchObject([{ camera: 'cam_x' }]);
  const stale = await app.request(`${path}&offset=0_0&handle=1-2&expired_handle=1-2&cache-buster=3`);
  expect(stale.status).toBe(409);
  expect(stale.headers.get('electric-handle')).toBe(handle);
});

test('shapesRoute: keeps one client’s mutations out of shared caches', async () => {
  const known = shapesRoute({ source, scopes: everyScope });
  const answer = await known.request(`/mutations?client=${randomUUID()}&offset=-1`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('private, max-age=604800, stale-while-revalidate=2629746');
});

test('shapesRoute: ends the upstream poll when its reader leaves', async () => {
  const upstream = Promise.withResolvers<AbortSignal>();
  const watched = shapesRoute({
    scopes: everyScope,
    source: {
      fetch(request) {
        if (new URL(request.url).searchParams.has('live')) upstream.resolve(request.signal);
        return source.fetch(request);
      },
      health: () => source.health(),
      close: () => source.close(),
    },
  });
  const port = await freePort();
  const server = serve({ fetch: watched.fetch, port, hostname: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}/subjects`;
  const position = (await fetch(`${url}?offset=now`)).headers;
  const leave = new AbortController();
  const at = new URLSearchParams({
    live: 'true',
    handle: position.get('electric-handle') ?? '',
    offset: position.get('electric-offset') ?? '',
  });
  const poll = fetch(`${url}?${at}`, { signal: leave.signal });
  const signal = await upstream.promise;
  expect(signal.aborted).toBe(false);
  leave.abort();
  await expect(poll).rejects.toThrow('aborted');
  await expect.poll(() => signal.aborted).toBe(true);
  await new Promise((resolve) => server.close(resolve));
});

test.each<readonly [string, number, string]>([
  ['/nothing?offset=-1', 404, 'not_found'],
  ['/ingestors?offset=-1', 404, 'not_found'],
  ['/toString?offset=-1', 404, 'not_found'],
  ['/assets?offset=-1', 400, 'invalid_arguments'],
  ['/assets?offset=-1&project=1', 400, 'invalid_arguments'],
  [`/mutations?offset=-1&project=${randomUUID()}`, 400, 'invalid_arguments'],
  ...['table', 'columns', 'where', 'params[1]', 'subset__where', 'secret', 'client'].map(
    (parameter) => [`/projects?offset=-1&${parameter}=id`, 400, 'invalid_arguments'] as const,
  ),
])('shapesRoute: rejects %s with %i %s', async (path, status, code) => {
  const answer = await app.request(path);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code } });
});
