import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { expect, test } from 'vitest';
import { shapesRoute } from '../routes/shapes.ts';
import { engineApp } from '../shape-engine/engine-app.ts';
import { createShapeEngine } from '../shape-engine/shape-engine.ts';
import { everyScope } from '../testing/test-scopes.ts';
import { createRemoteElectric } from './remote-electric.ts';

const REQUEST = 'http://shapes.internal/v1/shape?table=projects';

/** Serves the app over HTTP on this machine. Disposing waits for its readers. */
async function served(app: Hono): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test('createRemoteElectric: adds the secret, passes the protocol through, and distinguishes a wrong secret from silence', async () => {
  await using database = await createTestDatabase();
  const source = createShapeEngine({ databaseUrl: database.url });
  // Behaves, as seen from here, like an Electric that requires a secret.
  const app = new Hono().use('/v1/shape', async (context, next) => {
    if (context.req.query('secret') !== 'open sesame') return context.json({ message: 'Unauthorized' }, 401);
    return next();
  });
  const port = await freePort();
  const server = serve({ fetch: app.route('/', engineApp(source)).fetch, port, hostname: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;

  const remote = createRemoteElectric({ url: `${url}/`, secret: 'open sesame' });
  const first = await remote.fetch(new Request(`${REQUEST}&offset=-1`));
  expect(first.status).toBe(200);
  expect(await remote.health()).toMatchObject({ mode: 'remote', status: 'active', problem: null });
  const handle = first.headers.get('electric-handle');
  const etag = first.headers.get('etag') ?? '';
  expect(await first.json()).toHaveLength(1);
  const again = await remote.fetch(new Request(`${REQUEST}&offset=-1`, { headers: { 'if-none-match': etag } }));
  expect(again.status).toBe(304);
  const stale = await remote.fetch(new Request(`${REQUEST}&offset=0_0&handle=1-2`));
  expect([stale.status, stale.headers.get('electric-handle')]).toEqual([409, handle]);
  expect(await stale.json()).toEqual([{ headers: { control: 'must-refetch' } }]);
  const bad = await remote.fetch(new Request(`${REQUEST}&offset=somewhere`));
  expect([bad.status, await bad.json()]).toMatchObject([400, { errors: { offset: ['has invalid format'] } }]);

  const gone = new AbortController();
  const poll = remote.fetch(new Request(`${REQUEST}&offset=0_inf&handle=${handle}&live=true`, { signal: gone.signal }));
  gone.abort();
  await expect(poll).rejects.toThrow('aborted');

  const refused = await createRemoteElectric({ url, secret: 'guess' }).fetch(new Request(`${REQUEST}&offset=-1`));
  expect(refused.status).toBe(503);
  expect(await refused.text()).not.toContain('guess');

  const closed = new Promise((resolve) => server.close(resolve));
  await source.close();
  await closed;
  expect((await remote.fetch(new Request(`${REQUEST}&offset=-1`))).status).toBe(503);
  expect(await remote.health()).toMatchObject({ mode: 'remote', status: 'down' });
});

test.each([
  ['a redirect', 302, 'text/html', 'redirects'],
  ['an error page', 502, 'text/html', 'answers with status 502'],
  ['a refusal', 400, 'application/json', 'answers with status 400'],
  ['no refetch', 409, 'application/json', 'answers with status 409'],
  ['a page of something else', 200, 'application/json', 'is not an Electric'],
])('createRemoteElectric: keeps %s that contains the secret (%i) from the reader', async (_, status, type, problem) => {
  const visited: string[] = [];
  await using electric = await served(
    new Hono()
      .get('/v1/shape', ({ req }) => {
        const headers = {
          location: `/elsewhere${new URL(req.url).search}`,
          'content-type': type,
          'electric-server': req.url,
        };
        return new Response(JSON.stringify({ message: `${decodeURIComponent(req.url)} ${req.url}` }), {
          status,
          headers,
        });
      })
      .get('/elsewhere', ({ text, req }) => {
        visited.push(req.url);
        return text('');
      }),
  );
  const source = createRemoteElectric({ url: electric.url, secret: 'open&sesame ü' });
  const answer = await shapesRoute({ source, scopes: everyScope }).request('/projects?offset=-1');
  expect([answer.status, await answer.json()]).toEqual([503, { message: expect.stringContaining(problem) }]);
  expect(JSON.stringify([...answer.headers])).not.toContain('sesame');
  expect(visited).toEqual([]);
});

test('createRemoteElectric: keeps passwords in the URL and the secret out of its health', async () => {
  const port = await freePort();
  const remote = createRemoteElectric({ url: `http://user:password@127.0.0.1:${port}`, secret: 'open sesame' });
  expect(await remote.health()).toMatchObject({
    mode: 'remote',
    status: 'down',
    problem: `The remote Electric at http://127.0.0.1:${port} does not answer.`,
  });
});

test('createRemoteElectric: gives up on an Electric that hangs, but not on one that streams', async () => {
  const rest = Promise.withResolvers<void>();
  await using electric = await served(
    new Hono().get('/v1/shape', (context) => {
      if (context.req.query('offset') === 'now') return new Promise<Response>(() => {});
      context.header('electric-handle', '1-2');
      return stream(context, async (body) => {
        await body.write('[');
        await rest.promise;
        await body.write(']');
      });
    }),
  );
  const remote = createRemoteElectric({ url: electric.url, secret: null, patienceMs: 300 });
  const streaming = await remote.fetch(new Request(`${REQUEST}&offset=-1`));
  const hanging = await remote.fetch(new Request(`${REQUEST}&offset=now`));
  expect([hanging.status, await hanging.json()]).toEqual([503, { message: 'The remote Electric does not answer.' }]);
  rest.resolve();
  expect(await streaming.text()).toBe('[]');
});

test('createRemoteElectric: ends event streams and shared polls when closed', async () => {
  await using electric = await served(
    new Hono().get('/v1/shape', (context) => {
      context.header('electric-handle', '1-2');
      context.header('content-type', 'text/event-stream');
      return stream(context, async (events) => {
        const gone = new Promise<void>((resolve) => events.onAbort(resolve));
        await events.write('data: {}\n\n');
        await gone;
      });
    }),
  );
  const source = createRemoteElectric({ url: electric.url, secret: null });
  const gateway = await served(new Hono().route('/', shapesRoute({ source, scopes: everyScope })));
  const answer = await fetch(`${gateway.url}/projects?offset=0_inf&handle=1-2&live=true&live_sse=true`);
  const events = answer.body?.getReader();
  expect(new TextDecoder().decode((await events?.read())?.value)).toBe('data: {}\n\n');
  await source.close();
  await expect(events?.read()).rejects.toThrow('terminated');
  await gateway[Symbol.asyncDispose]();
});
