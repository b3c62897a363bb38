/** Runs the server in remote mode with the shape engine as its Electric, behind a proxy that can refuse or hang up. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeConnection, describeReplica } from '../../ui/describe-replica.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { startReplica } from '../open/start-replica.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

let postgres: TestDatabase;
let electric: ChildProcess;
let proxy: Server;
let server: TestServer;
let answers: 'passed on' | 'hung up' | 'refused' = 'passed on';

beforeAll(async () => {
  postgres = await createTestDatabase();
  const port = await freePort();
  electric = fork(
    new URL('../../../../sync/src/shapes-cli.ts', import.meta.url),
    ['--database-url', postgres.url, '--port', String(port)],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  proxy = createServer((incoming, outgoing) => {
    if (answers === 'hung up') return incoming.socket.destroy();
    if (answers === 'refused' && incoming.url?.startsWith('/v1/shape')) {
      outgoing.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Unauthorized"}');
      return;
    }
    const { url, method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  server = await createTestServer(postgres.url, {
    ELECTRIC_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    ELECTRIC_SECRET: 'open sesame',
  });
});
afterAll(async () => {
  await server.kill();
  proxy.closeAllConnections();
  proxy.close();
  const ended = once(electric, 'exit');
  electric.kill('SIGTERM');
  await ended;
  await postgres[Symbol.asyncDispose]();
});

const PATIENCE = { timeout: 30_000 };

async function electricHealth(): Promise<unknown> {
  const { electric: health } = (await (await fetch(`${server.url}/api/health`)).json()) as { electric: unknown };
  return health;
}

test('startReplica: reports when a remote Electric is down and when it is back', async () => {
  const database = await createPGlite();
  const replica = await startReplica({
    database,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
  });
  const words = () => [describeConnection(replica.status()), describeReplica(replica.status())];
  await expect.poll(words, PATIENCE).toEqual(['Online', 'Up to date']);

  answers = 'hung up';
  proxy.closeAllConnections();
  await expect
    .poll(() => replica.status().server.following, PATIENCE)
    .toMatch(/^The remote Electric .*does not answer\.$/);
  expect(words()).not.toContain('Online');
  expect(words()[1]).toMatch(/^As of/);

  answers = 'passed on';
  await postgres.sql`INSERT INTO projects (id, name, type) VALUES (${uuid()}, 'Written meanwhile', 'vfx')`;
  await expect.poll(words, PATIENCE).toEqual(['Online', 'Up to date']);
  const names = () => replica.query({ text: 'SELECT name FROM projects', values: [] });
  await expect.poll(names, PATIENCE).toEqual([{ name: 'Written meanwhile' }]);
  await replica.close();
  await database.close();
});

test('GET /api/health: reports an Electric as down when it refuses the secret, even if it claims to be healthy', async () => {
  await expect.poll(electricHealth, PATIENCE).toEqual({ mode: 'remote', status: 'active', problem: null });
  await server.kill();
  answers = 'refused';
  await server.start();
  const problem = 'The remote Electric does not accept ELECTRIC_SECRET.';
  expect(await electricHealth()).toEqual({ mode: 'remote', status: 'down', problem });
  expect((await fetch(`${server.url}/api/health`)).status).toBe(503);
  answers = 'passed on';
  await expect.poll(electricHealth, PATIENCE).toEqual({ mode: 'remote', status: 'active', problem: null });
});
