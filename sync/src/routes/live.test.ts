import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createEmbeddedElectric } from '../electric/embedded-electric.ts';
import type { ShapeSource } from '../shape-source.ts';
import { liveRoute } from './live.ts';
import { shapesRoute } from './shapes.ts';

const ring = z.object({ shape: z.string(), handle: z.string(), offset: z.string() });
type Ring = z.infer<typeof ring>;

const project = randomUUID();
const stop = new AbortController();
let database: TestDatabase;
let source: ShapeSource;
let polls = 0;
let base: string;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'P', 'vfx')`;
  source = createEmbeddedElectric({ databaseUrl: database.url });
  const counting: ShapeSource = {
    async fetch(request) {
      const poll = new URL(request.url).searchParams.has('live') ? 1 : 0;
      polls += poll;
      return await source.fetch(request).finally(() => {
        polls -= poll;
      });
    },
    health: () => source.health(),
    close: () => source.close(),
  };
  const app = new Hono()
    .route('/api/shapes', shapesRoute({ source }))
    .route('/api/live', liveRoute({ source: counting, signal: stop.signal }));
  const port = await freePort();
  // 500 shapes are 30 kB of URL.
  const serverOptions = { maxHeaderSize: 65_536 };
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1', serverOptions });
  base = `http://127.0.0.1:${port}/api`;
  close = () => new Promise((resolve) => server.close(() => resolve()));
});
afterAll(async () => {
  stop.abort();
  await source.close();
  await close();
  await database[Symbol.asyncDispose]();
});

/** The rings of a stream, one after another. */
async function* rings(shapes: readonly string[], signal: AbortSignal): AsyncGenerator<Ring> {
  const answer = await fetch(
    `${base}/live?${new URLSearchParams(shapes.map((shape): [string, string] => ['shape', shape]))}`,
    {
      signal,
    },
  );
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: ring\ndata: (.*)$/.exec(event)?.[1];
      if (data) yield ring.parse(JSON.parse(data));
    }
  }
}

async function next(stream: AsyncGenerator<Ring>): Promise<Ring> {
  const { value, done } = await stream.next();
  if (done) throw new Error('the stream has ended');
  return value;
}

test('liveRoute: says where each shape stands, then which one moved; listeners of a shape share one poll', async () => {
  const assets = `assets?project=${project}`;
  const leave = new AbortController();
  const first = rings(['projects', assets], leave.signal);
  const positions = [await next(first), await next(first)];
  expect(positions.map(({ shape }) => shape).toSorted()).toEqual([assets, 'projects']);

  const second = rings([assets, 'projects'], leave.signal);
  expect([await next(second), await next(second)]).toEqual(expect.arrayContaining(positions));
  await expect.poll(() => polls, { timeout: 10_000 }).toBe(2);

  await database.sql`UPDATE projects SET notes = 'moved' WHERE id = ${project}`;
  const moved = await next(first);
  expect(moved.shape).toBe('projects');
  expect(await next(second)).toEqual(moved);

  // What a reader holds that has all of it.
  const answer = await fetch(`${base}/shapes/projects?offset=0_inf&handle=${moved.handle}`);
  expect(answer.headers.get('electric-offset')).toBe(moved.offset);
  expect(answer.headers.has('electric-up-to-date')).toBe(true);

  await database.sql`TRUNCATE projects CASCADE`;
  const refetched = [await next(first), await next(first)];
  expect(refetched.map(({ shape }) => shape).toSorted()).toEqual([assets, 'projects']);
  expect(refetched.map(({ handle }) => handle)).not.toContain(moved.handle);

  leave.abort();
  await expect.poll(() => polls, { timeout: 10_000 }).toBe(0);
});

test.each([
  ['', 'Name the shapes'],
  ['shape=nothing', '"nothing" names no shape'],
  ['shape=assets', '"assets" names no shape'],
  [Array.from({ length: 501 }, () => `shape=assets?project=${randomUUID()}`).join('&'), 'at most 500'],
])('liveRoute: refuses a stream without shapes, of unknown ones, or of too many (%#)', async (query, message) => {
  const answer = await fetch(`${base}/live?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: { code: 'invalid_arguments', message: expect.stringContaining(message) },
  });
});
