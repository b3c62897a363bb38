import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { liveRoute } from '../routes/live.ts';
import { mutationsRoute } from '../routes/mutations.ts';
import { shapesRoute } from '../routes/shapes.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { createKnownScopes, type KnownScopes } from './known-scopes.ts';
import type { ShapeSource } from './shape-source.ts';

const stop = new AbortController();
const disk = { problem: () => Promise.resolve(null) };
let database: TestDatabase;
let folder: string;
let library: TestLibrary;
let source: ShapeSource;
let scopes: KnownScopes;
let app: Hono;

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  library = await insertTestLibrary(sql, { assets: 1 });
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-scopes-'));
  source = createShapeEngine({ databaseUrl: database.url, folder });
  scopes = createKnownScopes(sql);
  app = new Hono()
    .route('/api/shapes', shapesRoute({ source, scopes }))
    .route('/api/live', liveRoute({ source, scopes, signal: stop.signal }))
    .route('/api/mutations', mutationsRoute({ sql, scopes, disk, log: pino({ level: 'silent' }), actor: 'ada' }));
});
afterAll(async () => {
  stop.abort();
  await source.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function shapesOnDisk(): Promise<number> {
  const [engine = ''] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('shapes'));
  return (await readdir(path.join(folder, engine))).length;
}

async function read(shape: string, parameters = 'offset=-1'): Promise<Response> {
  return app.request(`/api/shapes/${shape}&${parameters}`);
}

async function tag(client: string): Promise<void> {
  const args = { ids: library.assetIds, add: ['seen'], remove: [] };
  const answer = await app.request('/api/mutations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client, mutations: [{ id: randomUUID(), name: 'assets.tag', args }] }),
  });
  expect(answer.status).toBe(200);
}

describe('a shape of an unknown project, package or client', () => {
  test('is one empty shape for all readers', async () => {
    await read('projects?');
    const handles = new Set<string | null>();
    for (let attempt = 0; attempt < 30; attempt++) {
      const answer = await read(`mutations?client=${randomUUID()}`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await answer.text()).not.toContain('"value"');
      handles.add(answer.headers.get('electric-handle'));
      await (await read(`assets?project=${randomUUID()}`)).text();
      await (await read(`asset_metadata?package=${randomUUID()}`)).text();
    }
    expect(handles.size).toBe(1);
    expect(await shapesOnDisk()).toBeLessThan(10);
  });

  test('sends the reader to the client’s own shape after the first mutation', async () => {
    const client = randomUUID();
    const empty = await read(`mutations?client=${client}`);
    const handle = empty.headers.get('electric-handle');
    const offset = empty.headers.get('electric-offset');
    await empty.text();
    await tag(client);
    const onwards = await read(`mutations?client=${client}`, `offset=${offset}&handle=${handle}`);
    expect(onwards.status).toBe(409);
    const own = await read(`mutations?client=${client}`);
    expect(onwards.headers.get('electric-handle')).toBe(own.headers.get('electric-handle'));
    expect(await own.text()).toContain(client);
  });

  test('rings for the client’s own shape as soon as it exists', async () => {
    const client = randomUUID();
    const answer = await app.request(`/api/live?shape=${encodeURIComponent(`mutations?client=${client}`)}`);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const handles: string[] = [];
    const nextRing = async () => {
      for (;;) {
        const data = /event: ring\ndata: (.*)/.exec((await reader?.read())?.value ?? '')?.[1];
        if (data) return handles.push(z.object({ handle: z.string() }).parse(JSON.parse(data)).handle);
      }
    };
    await nextRing();
    await tag(client);
    await nextRing();
    await reader?.cancel();
    const own = await read(`mutations?client=${client}`);
    expect(handles[1]).toBe(own.headers.get('electric-handle'));
    expect(handles[0]).not.toBe(handles[1]);
  });
});

describe('createKnownScopes', () => {
  test('recognizes a project, a package and a client in any spelling, and queries many at once', async () => {
    const asked = [
      { name: 'assets', scopeId: library.projectId },
      { name: 'assets', scopeId: library.projectId.toUpperCase() },
      { name: 'asset_metadata', scopeId: library.packageId },
      { name: 'projects' },
      { name: 'assets', scopeId: library.packageId },
      { name: 'mutations', scopeId: randomUUID() },
    ] as const;
    expect(await Promise.all(asked.map((reference) => scopes.has(reference)))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
