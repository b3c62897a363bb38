import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCompressedShapes } from '../shapes/compressed-shapes.ts';
import { createRemoteElectric } from '../shapes/remote-electric.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { everyScope } from '../testing/test-scopes.ts';
import { served, type TestServer } from '../testing/test-server.ts';
import { shapesRoute } from './shapes.ts';

/** One answer of an Electric whose pieces the test writes when it chooses. */
interface Answering {
  readonly signal: AbortSignal;
  respond(type: 'application/json' | 'text/event-stream'): void;
  write(text: string): void;
  end(): void;
  breakOff(): void;
}

/** Passes each request to the test that waits for it. */
function scriptedElectric() {
  let next = Promise.withResolvers<Answering>();
  const app = new Hono().get('/v1/shape', (context) => {
    const response = Promise.withResolvers<Response>();
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(given) {
        controller = given;
      },
    });
    next.resolve({
      signal: context.req.raw.signal,
      respond: (type) =>
        response.resolve(new Response(body, { headers: { 'content-type': type, 'electric-handle': '1-2' } })),
      write: (text) => controller.enqueue(new TextEncoder().encode(text)),
      end: () => controller.close(),
      breakOff: () => controller.error(new Error('The disk is gone.')),
    });
    return response.promise;
  });
  return {
    app,
    async asked(): Promise<Answering> {
      const answering = await next.promise;
      next = Promise.withResolvers();
      return answering;
    },
  };
}

/** Yields the text of a body as it arrives. */
async function* texts({ body }: Response): AsyncGenerator<string, undefined> {
  for await (const bytes of body ?? []) yield new TextDecoder().decode(bytes);
}

describe.each(['embedded', 'remote'] as const)('shapesRoute over HTTP, %s', (mode) => {
  const electric = scriptedElectric();
  let folder: string;
  let source: ShapeSource;
  let gateway: TestServer;
  let remote: TestServer;
  const read = (query: string, init: RequestInit = {}) => fetch(`${gateway.url}/projects?${query}`, init);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-streaming-'));
    remote = await served(electric.app);
    const inside: ShapeSource = {
      fetch: async (request) => electric.app.fetch(request),
      health: () => Promise.resolve({ mode, status: 'active', problem: null }),
      close: () => Promise.resolve(),
    };
    const plain = mode === 'embedded' ? inside : createRemoteElectric({ url: remote.url, secret: null });
    source = createCompressedShapes(plain, { folder });
    gateway = await served(new Hono().route('/', shapesRoute({ source, scopes: everyScope })));
  });
  afterAll(async () => {
    await source.close();
    await gateway.close();
    await remote.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('delivers the first bytes of a large answer before the last exist', async () => {
    const answer = read('offset=5_1&handle=1-2');
    const upstream = await electric.asked();
    upstream.respond('application/json');
    upstream.write(`[${'1'.repeat(1_000_000)}`);
    const pieces = texts(await answer);
    let text = '';
    while (text.length < 1_000_001) text += (await pieces.next()).value;
    upstream.write(']');
    upstream.end();
    for await (const piece of pieces) text += piece;
    expect([text.length, text.at(-1)]).toEqual([1_000_002, ']']);
  });

  test.each(['live_sse', 'experimental_live_sse'])(
    'passes events of %s one by one, uncompressed',
    async (parameter) => {
      const answer = read(`offset=0_1&handle=1-2&live=true&${parameter}=true`, {
        headers: { 'accept-encoding': 'gzip' },
      });
      const upstream = await electric.asked();
      upstream.respond('text/event-stream');
      const { headers, body } = await answer;
      expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual(['text/event-stream', null]);
      const events = texts(new Response(body));
      for (const event of ['data: {"n":1}\n\n', 'data: {"n":2}\n\n']) {
        upstream.write(event);
        expect((await events.next()).value).toBe(event);
      }
      upstream.end();
      expect((await events.next()).done).toBe(true);
    },
  );

  test.each(['before there is an answer', 'in the middle of it'])(
    'ends the upstream request when a reader leaves %s',
    async (when) => {
      const errors = vi.spyOn(console, 'error');
      const leaving = new AbortController();
      const answer = read('offset=0_1&handle=1-2&live=true&live_sse=true', { signal: leaving.signal });
      const upstream = await electric.asked();
      if (when === 'in the middle of it') {
        upstream.respond('text/event-stream');
        upstream.write('data: {}\n\n');
        await answer;
      }
      expect(upstream.signal.aborted).toBe(false);
      leaving.abort();
      await answer.then((response) => response.text()).catch(() => {});
      await expect.poll(() => upstream.signal.aborted).toBe(true);
      expect(errors).not.toHaveBeenCalled();
      errors.mockRestore();
      upstream.respond('text/event-stream');
    },
  );

  test('does not complete an answer that breaks off upstream', async () => {
    const answer = read('offset=5_1&handle=1-2');
    const upstream = await electric.asked();
    upstream.respond('application/json');
    upstream.write('[1');
    const pieces = texts(await answer);
    expect((await pieces.next()).value).toBe('[1');
    upstream.breakOff();
    await expect(pieces.next()).rejects.toThrow('terminated');
  });
});
