import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { WireError } from '@ingesthub/schema/errors.ts';
import { mutationRequest } from '@ingesthub/schema/mutations.ts';
import { v7 as uuid } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { createConnection } from '../replica/connection.ts';
import { type PendingMutation, pendingMutation } from './outbox-rows.ts';
import { startSender } from './sender.ts';

let server: Server;
const stop = new AbortController();
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

type Answer = { status: number; body: unknown };
const applied = (ids: readonly string[]): Answer => ({
  status: 200,
  body: { results: ids.map((id) => ({ id, status: 'applied' })) },
});

/** A server that answers as the test says, and a sender for the given mutations. */
async function open(pending: PendingMutation[], answer: (ids: string[], nth: number) => Answer) {
  const requests: string[][] = [];
  server = createServer(async (request, response) => {
    const { mutations } = mutationRequest.parse(await json(request));
    const ids = mutations.map(({ id }) => id);
    requests.push(ids);
    const { status, body } = answer(ids, requests.length);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const rejected = new Map<string, WireError>();
  const problems: unknown[] = [];
  const connection = createConnection(() => {});
  const sender = startSender({
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client: uuid(),
    fetch,
    connection,
    pending: () => pending.filter(({ mutation }) => !rejected.has(mutation.id)),
    reject: async (errors) => {
      for (const [id, error] of errors) rejected.set(id, error);
    },
    onProblem: (error) => {
      problems.push(error);
      // Retries are not waited for here.
      setImmediate(connection.wake);
    },
    signal: stop.signal,
  });
  sender.wake();
  return { sender, requests, rejected, problems };
}

function queued(count: number, idsEach = 1): PendingMutation[] {
  return Array.from({ length: count }, () => {
    const ids = Array.from({ length: idsEach }, () => uuid());
    const args = { ids, review_status: 'approved' } as const;
    return pendingMutation({ id: uuid(), name: 'assets.review', args }, [], JSON.stringify(args).length);
  });
}
const idsOf = (pending: readonly PendingMutation[]) => pending.map(({ mutation }) => mutation.id);

test('startSender: sends in order, at most a hundred mutations and about a megabyte at a time, each once', async () => {
  const pending = [...queued(150), ...queued(3, 15_000)];
  const { sender, requests } = await open(pending, applied);
  await expect.poll(() => requests.flat().length).toBe(153);
  expect(requests.flat()).toEqual(idsOf(pending));
  expect(requests.map((ids) => ids.length)).toEqual([100, 51, 1, 1]);

  pending.push(...queued(1));
  sender.wake();
  await expect.poll(() => requests.length).toBe(5);
  expect(requests[4]).toEqual(idsOf(pending.slice(-1)));
});

test('startSender: a server that is down for it is asked again, with the same', async () => {
  const pending = queued(2);
  const { requests, problems } = await open(pending, (ids, nth) =>
    nth === 1 ? { status: 503, body: { error: { code: 'unavailable', message: 'Later.' } } } : applied(ids),
  );
  await expect.poll(() => requests.length).toBe(2);
  expect(requests[1]).toEqual(requests[0]);
  expect(String(problems[0])).toContain('Later.');
});

test('startSender: of a request that is refused as a whole, only the mutation that is to blame is taken back', async () => {
  const pending = queued(3);
  const [first, bad, last] = idsOf(pending);
  const { requests, rejected } = await open(pending, (ids) =>
    ids.includes(bad ?? '')
      ? { status: 400, body: { error: { code: 'invalid_arguments', message: 'No.' } } }
      : applied(ids),
  );
  await expect.poll(() => requests.at(-1)).toEqual([last]);
  expect(requests).toEqual([[first, bad, last], [first], [bad, last], [bad], [last]]);
  expect([...rejected]).toEqual([[bad, { code: 'invalid_arguments', message: 'No.' }]]);
});
