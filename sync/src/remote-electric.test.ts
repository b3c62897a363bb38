import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createEmbeddedElectric } from './electric/embedded-electric.ts';
import { engineApp } from './electric/engine-app.ts';
import { createRemoteElectric } from './remote-electric.ts';

const REQUEST = 'http://shapes.internal/v1/shape?table=projects';

test('createRemoteElectric: adds the secret, passes the protocol through, and tells a wrong secret from silence', async () => {
  await using database = await createTestDatabase();
  const source = createEmbeddedElectric({ databaseUrl: database.url });
  // Electric behind its secret, as far as this end can tell.
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
  expect(await remote.health()).toEqual({ mode: 'remote', status: 'active', problem: null });
  const handle = first.headers.get('electric-handle');
  const etag = first.headers.get('etag') ?? '';
  expect(await first.json()).toHaveLength(1);
  const again = await remote.fetch(new Request(`${REQUEST}&offset=-1`, { headers: { 'if-none-match': etag } }));
  expect(again.status).toBe(304);

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
