import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Hono } from 'hono';
import pino from 'pino';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createWantedImages } from './replica-image/wanted-images.ts';
import { createShapeEngine } from './shape-engine/shape-engine.ts';
import type { ShapeSource } from './shapes/shape-source.ts';

let database: TestDatabase;
let source: ShapeSource;
let folder: string;
let app: Hono;
const stop = new AbortController();

let config: Parameters<typeof createApp>[0]['config'];

function parts() {
  return {
    sql: database.sql,
    source,
    wantedImages: createWantedImages(),
    log: pino({ level: 'silent' }),
    signal: stop.signal,
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  source = createShapeEngine({ databaseUrl: database.url });
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-app-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<title>IngestHub</title>');
  await writeFile(path.join(folder, 'assets', 'app-1a2b.js'), 'export {}');
  config = {
    derivativeFolder: folder,
    databaseFolder: null,
    minFree: 0,
    mediaRoots: [],
    preparedFolder: folder,
    replicaImageFolder: folder,
    version: '1.2.3',
    webFolder: folder,
  };
  app = createApp({ ...parts(), config });
});
afterAll(async () => {
  stop.abort();
  await source.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(
    app.request(`http://127.0.0.1:8080${url}`, { headers: { host: '127.0.0.1:8080', ...headers } }),
  );
}

describe('a request from another site', () => {
  const apart = [
    '/api/health',
    '/api/shapes/projects?offset=-1',
    '/api/live?shape=projects',
    '/api/audit?shape=projects',
  ];

  test.each([...apart, '/api/search?kind=asset&q=a', '/api/project-sizes', '/media/assets/1/thumbnail'])(
    'is rejected for %s',
    async (url) => {
      for (const site of ['cross-site', 'same-site']) {
        const answer = await get(url, { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' });
        await answer.body?.cancel();
        expect(answer.status).toBe(403);
      }
      for (const site of ['same-origin', 'none']) {
        const answer = await get(url, { 'sec-fetch-site': site });
        await answer.body?.cancel();
        expect(answer.status).not.toBe(403);
      }
    },
  );

  test('opens the app, and a video in its own window, when a person follows a link', async () => {
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await get('/', followed)).status).toBe(200);
    expect((await get('/media/assets/1/proxy', followed)).status).toBe(404);
    expect((await get('/api/shapes/projects?offset=-1', followed)).status).toBe(403);
  });
});

describe('GET /api/health', () => {
  test('reports which part is down and why, and ok when all parts are up', async () => {
    const without = await get('/api/health');
    expect(without.status).toBe(503);
    expect(await without.json()).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('No ingestor'),
      version: '1.2.3',
    });

    await database.sql`INSERT INTO ingestors (host, pid, version, media_roots, tools) VALUES ('nas1', 1, '1.2.3', '{}', '{}')`;
    await expect.poll(async () => (await get('/api/health')).status).toBe(200);
    expect(await (await get('/api/health')).json()).toMatchObject({
      status: 'ok',
      postgres: { status: 'active', version: expect.stringMatching(/^\d+/) },
      electric: { mode: 'embedded', status: 'active' },
      ingestor: { status: 'active', hosts: ['nas1'], problem: null },
    });

    await database.sql`UPDATE ingestors SET problem = 'The disk is full.'`;
    const waiting = await get('/api/health');
    expect(waiting.status).toBe(200);
    expect(await waiting.json()).toMatchObject({ status: 'ok', ingestor: { problem: 'nas1: The disk is full.' } });
  });

  test('warns about an unavailable media root and a nearly full database disk', async () => {
    await database.sql`
      INSERT INTO ingestors (host, pid, version, media_roots, tools)
      VALUES ('nas2', 1, '1.2.3', '{/mnt/a,/mnt/b}', '{}'), ('gone', 1, '1.2.3', '{/mnt/c}', '{}')`;
    await database.sql`UPDATE ingestors SET seen_at = now() - interval '1 day' WHERE host = 'gone'`;
    await database.sql`
      INSERT INTO media_roots (id, host, path, has_sentinel, problem)
      VALUES ('a', 'nas2', '/mnt/a', false, NULL), ('b', 'nas2', '/mnt/b', true, 'It is not mounted.'),
        ('c', 'gone', '/mnt/c', true, 'It is no longer watched.'), ('d', 'nas2', '/mnt/d', true, 'It was one once.')`;
    const full = createApp({
      ...parts(),
      config: { ...config, databaseFolder: folder, minFree: 1e15 },
    });
    const response = await full.request('http://localhost/api/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      warnings: expect.arrayContaining([
        '/mnt/b on nas2: It is not mounted.',
        expect.stringMatching(/^The disk of the database has/),
      ]),
      media_roots: [
        { host: 'nas2', path: '/mnt/a', problem: null },
        { host: 'nas2', path: '/mnt/b', problem: 'It is not mounted.' },
      ],
    });
    await database.sql`DELETE FROM ingestors WHERE host IN ('nas2', 'gone')`;
  });

  test('returns a 503 naming Postgres when the database does not answer', async () => {
    const sql = postgres('postgres://ihub@127.0.0.1:1/none', { connect_timeout: 1 });
    const broken = createApp({ ...parts(), sql, config });
    const response = await broken.request('http://localhost/api/health');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ reason: expect.stringMatching(/^Postgres does not answer/) });
  });
});

describe('allowed hosts and origins', () => {
  test.each([
    ['a name that points here', { host: 'evil.example:8080' }, 403],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:9999' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['this origin', { origin: 'http://127.0.0.1:8080' }, 200],
    ['localhost', { host: 'localhost:8080' }, 200],
  ])('%s', async (_, headers, status) => {
    expect((await get('/', headers)).status).toBe(status);
  });
});

describe('the web app', () => {
  test('serves the app for a page, under a policy that blocks foreign scripts', async () => {
    const page = await get('/packages/0199');
    expect([page.status, await page.text()]).toEqual([200, '<title>IngestHub</title>']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(page.headers.get('cache-control')).toBe('no-cache');
  });

  test('caches hashed files forever and answers 404 for missing ones', async () => {
    expect((await get('/assets/app-1a2b.js')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/assets/app-0000.js')).status).toBe(404);
    expect((await get('/../package.json')).status).toBe(404);
  });

  test('returns a 404 with a code for an unknown endpoint', async () => {
    const response = await get('/api/nonsense');
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: { code: 'not_found', message: 'There is no /api/nonsense.' } },
    ]);
  });
});
