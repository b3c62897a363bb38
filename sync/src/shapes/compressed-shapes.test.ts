import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCompressedShapes } from './compressed-shapes.ts';
import type { ShapeSource } from './shape-source.ts';

const DECODERS = { zstd: zstdDecompressSync, gzip: gunzipSync };
const URL_START = 'http://shapes.internal/v1/shape?table=items';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-compressed-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Page {
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Holds back the second half of the body. */
  readonly until?: Promise<void>;
}

/** Answers each offset with its page, as Electric would, and counts the bodies that were read. */
function pagedSource(pages: Readonly<Record<string, Page>>) {
  const bodies: string[] = [];
  const signals: AbortSignal[] = [];
  const source: ShapeSource = {
    fetch(request) {
      const offset = new URL(request.url).searchParams.get('offset') ?? '';
      const { body, status = 200, headers: own, until } = pages[offset] ?? { body: '', status: 400 };
      const etag = `"1-2:${offset}:0_9"`;
      const headers = { 'content-type': 'application/json; charset=utf-8', etag, 'electric-handle': '1-2', ...own };
      signals.push(request.signal);
      if (request.headers.get('if-none-match')?.split(', ').includes(etag))
        return Promise.resolve(new Response(null, { status: 304, headers: { etag, 'electric-handle': '1-2' } }));
      if (request.method === 'HEAD') return Promise.resolve(new Response(null, { headers }));
      const bytes = new TextEncoder().encode(body);
      const half = Math.ceil(bytes.length / 2);
      let begun = false;
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (!begun) {
              begun = true;
              bodies.push(offset);
              return controller.enqueue(bytes.slice(0, half));
            }
            await until;
            controller.enqueue(bytes.slice(half));
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      return Promise.resolve(new Response(stream, { status, headers }));
    },
    health: () => Promise.resolve({ mode: 'embedded', status: 'active', problem: null }),
    close: () => Promise.resolve(),
  };
  return { source, bodies, signals };
}

function ask(source: ShapeSource, query: string, headers: Record<string, string>, init: RequestInit = {}) {
  return source.fetch(new Request(`${URL_START}&${query}`, { headers, ...init }));
}

function page(bytes: number): string {
  return JSON.stringify([{ value: randomBytes(bytes / 2).toString('hex') }]);
}

test.each(['zstd', 'gzip'] as const)(
  'createCompressedShapes: compresses a page once with %s, then keeps it',
  async (encoding) => {
    const body = page(600_000);
    const { source, bodies } = pagedSource({ '-1': { body }, '0_0': { body: page(2000) } });
    await using shapes = compressed(source, { folder: path.join(folder, encoding) });

    for (const query of ['offset=-1', 'offset=-1&cache-buster=1', 'cursor=5&offset=-1']) {
      const answer = await ask(shapes, query, { 'accept-encoding': encoding });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(Object.fromEntries(answer.headers)).toEqual({
        'content-type': 'application/json; charset=utf-8',
        'electric-handle': '1-2',
        'content-encoding': encoding,
        'content-length': String(bytes.length),
        etag: '"1-2:-1:0_9"',
        vary: 'accept-encoding',
      });
      expect(DECODERS[encoding](bytes).toString()).toBe(body);
    }
    expect(bodies).toEqual(['-1']);
    const next = await ask(shapes, 'offset=0_0&handle=1-2', { 'accept-encoding': encoding });
    expect(next.headers.get('content-encoding')).toBe(encoding);
    await next.body?.cancel();
  },
);

test('createCompressedShapes: shares one compression among readers, even when one of them leaves', async () => {
  const body = page(300_000);
  const rest = Promise.withResolvers<void>();
  const { source, bodies, signals } = pagedSource({ '-1': { body, until: rest.promise } });
  await using shapes = compressed(source, { folder: path.join(folder, 'shared') });

  const leaving = new AbortController();
  const zstd = { 'accept-encoding': 'zstd' };
  const first = ask(shapes, 'offset=-1', zstd, { signal: leaving.signal });
  await expect.poll(() => bodies).toEqual(['-1']);
  const others = Array.from({ length: 20 }, () => ask(shapes, 'offset=-1', zstd));
  await expect.poll(() => signals.length).toBe(21);
  leaving.abort();
  rest.resolve();
  for (const other of others)
    expect(zstdDecompressSync(Buffer.from(await (await other).arrayBuffer())).toString()).toBe(body);
  expect(bodies).toEqual(['-1']);
  expect(await readdir(path.join(folder, 'shared'))).toHaveLength(1);
  await (await first).body?.cancel();
});

test('createCompressedShapes: ends the request of a reader that leaves before the answer', async () => {
  const asked = Promise.withResolvers<AbortSignal>();
  const { source } = pagedSource({});
  const waiting: ShapeSource = {
    ...source,
    fetch({ signal }) {
      asked.resolve(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  };
  await using shapes = compressed(waiting, { folder: path.join(folder, 'left') });
  const leaving = new AbortController();
  const answer = ask(shapes, 'offset=-1', { 'accept-encoding': 'zstd' }, { signal: leaving.signal });
  const signal = await asked.promise;
  expect(signal.aborted).toBe(false);
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  expect(signal.aborted).toBe(true);
});

test('createCompressedShapes: leaves If-None-Match, HEAD and readers without an encoding to the source', async () => {
  const body = page(4000);
  const { source } = pagedSource({ '-1': { body } });
  await using shapes = compressed(source, { folder: path.join(folder, 'validated') });
  const gzip = { 'accept-encoding': 'gzip' };
  await (await ask(shapes, 'offset=-1', gzip)).arrayBuffer();

  for (const etag of ['W/"1-2:-1:0_9"', '"1-2:-1:0_9"']) {
    const again = await ask(shapes, 'offset=-1', { ...gzip, 'if-none-match': `"old", ${etag}` });
    expect([again.status, again.headers.get('etag'), again.headers.get('vary')]).toEqual([
      304,
      '"1-2:-1:0_9"',
      'accept-encoding',
    ]);
  }
  const other = await ask(shapes, 'offset=-1', { ...gzip, 'if-none-match': '"old"' });
  expect([other.status, gunzipSync(Buffer.from(await other.arrayBuffer())).toString()]).toEqual([200, body]);

  for (const [headers, init] of [
    [gzip, { method: 'HEAD' }],
    [{}, {}],
    [{ 'accept-encoding': 'br' }, {}],
  ] as const) {
    const answer = await ask(shapes, 'offset=-1', headers, init);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'electric-handle': '1-2',
      etag: '"1-2:-1:0_9"',
      vary: 'accept-encoding',
    });
    expect(await answer.text()).toBe('method' in init ? '' : body);
  }
});

test.each<[string, string, Page, string | null]>([
  ['a small page', 'offset=-1', { body: page(600) }, 'accept-encoding'],
  ['a refetch', 'offset=-1', { body: page(4000), status: 409 }, 'accept-encoding'],
  ['the end of the log', 'offset=0_1', { body: page(4000), headers: { 'electric-up-to-date': '' } }, 'accept-encoding'],
  ['events', 'offset=0_1', { body: page(4000), headers: { 'content-type': 'text/event-stream' } }, 'accept-encoding'],
  ['a page that catches up', 'offset=7_2', { body: page(4000) }, null],
  ['a long poll', 'offset=0_1&live=true', { body: page(4000) }, null],
])('createCompressedShapes: passes %s on unchanged', async (name, query, given, vary) => {
  const offset = new URLSearchParams(query).get('offset') ?? '';
  await using shapes = compressed(pagedSource({ [offset]: given }).source, { folder: path.join(folder, name) });
  const answer = await ask(shapes, query, { 'accept-encoding': 'zstd, gzip' });
  expect([answer.status, answer.headers.get('content-encoding')]).toEqual([given.status ?? 200, null]);
  expect([answer.headers.get('etag'), answer.headers.get('vary')]).toEqual([`"1-2:${offset}:0_9"`, vary]);
  expect(await answer.text()).toBe(given.body);
});

test('createCompressedShapes: evicts the least recently read files for space, and rebuilds them', async () => {
  const place = path.join(folder, 'bounded');
  const { source, bodies } = pagedSource({
    '-1': { body: page(40_000) },
    '0_0': { body: page(40_000) },
    '0_1': { body: page(40_000) },
  });
  await using shapes = compressed(source, { folder: place, maxBytes: 50_000 });
  const read = async (offset: string) =>
    (await ask(shapes, `offset=${offset}`, { 'accept-encoding': 'zstd' })).arrayBuffer();
  for (const offset of ['-1', '0_0', '-1', '0_1', '-1', '0_0']) await read(offset);
  expect(bodies).toEqual(['-1', '0_0', '0_1', '0_0']);
  await expect.poll(() => readdir(place)).toHaveLength(2);
});

test('createCompressedShapes: sends an answer uncompressed when the disk fails', async () => {
  const body = page(4000);
  const place = path.join(folder, 'failing');
  const failures: string[] = [];
  const { source } = pagedSource({ '-1': { body } });
  await using shapes = compressed(source, { folder: place, log: (message) => failures.push(message) });
  const read = async () => {
    const answer = await ask(shapes, 'offset=-1', { 'accept-encoding': 'gzip' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const encoding = answer.headers.get('content-encoding');
    expect((encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()).toBe(body);
    return encoding;
  };
  expect(await read()).toBe('gzip');
  await rm(place, { recursive: true });
  await writeFile(place, '');
  expect([await read(), await read()]).toEqual([null, null]);
  expect(failures.filter((message) => message.startsWith('A shape could not be compressed'))).toHaveLength(2);
  await rm(place);
  expect(await read()).toBe('gzip');
});

test('createCompressedShapes: starts with an empty folder, and ends running builds on close', async () => {
  const never = Promise.withResolvers<void>();
  const place = path.join(folder, 'closing');
  await mkdir(place);
  await writeFile(path.join(place, 'of an earlier run'), '');
  const { source } = pagedSource({ '-1': { body: page(4000), until: never.promise } });
  const shapes = createCompressedShapes(source, { folder: place });
  const answer = ask(shapes, 'offset=-1', { 'accept-encoding': 'gzip' });
  await expect.poll(() => readdir(place).catch(() => [])).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  await shapes.close();
  await (await answer).body?.cancel();
  expect(await readdir(place)).toEqual([]);
});

function compressed(...args: Parameters<typeof createCompressedShapes>): ShapeSource & AsyncDisposable {
  const shapes = createCompressedShapes(...args);
  return {
    fetch: (request) => shapes.fetch(request),
    health: () => shapes.health(),
    close: () => shapes.close(),
    [Symbol.asyncDispose]: () => shapes.close(),
  };
}
