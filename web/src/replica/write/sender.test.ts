import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Mutation, mutationRequest } from '@ingesthub/schema/mutations/mutations.ts';
import type { WireError } from '@ingesthub/schema/values/errors.ts';
import { v7 as uuid } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { type PendingMutation, pendingMutation } from '../model/outbox-rows.ts';
import { createConnection } from '../network/connection.ts';
import { startSender } from './sender.ts';
import { argsBytes, halveMutation } from './split-mutation.ts';

let server: Server;
const stop = new AbortController();
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Strings are sent as a page, anything else as JSON. */
type Answer = { status: number; body: unknown };
const applied = (ids: readonly string[]): Answer => ({
  status: 200,
  body: { results: ids.map((id) => ({ id, status: 'applied' })) },
});

/** Starts a server that gives the test's answers, and a sender for the given mutations. */
async function open(pending: PendingMutation[], answer: (ids: string[], nth: number) => Answer) {
  const requests: string[][] = [];
  server = createServer(async (request, response) => {
    const { mutations } = mutationRequest.parse(await json(request));
    const ids = mutations.map(({ id }) => id);
    requests.push(ids);
    const { status, body } = answer(ids, requests.length);
    if (typeof body === 'string') response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
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
    split: async (id) => {
      const index = pending.findIndex(({ mutation }) => mutation.id === id);
      const halves = halveMutation((pending[index] as PendingMutation).mutation);
      if (halves) pending.splice(index, 1, ...halves.map(pendingOf));
      return halves !== null;
    },
    onProblem: (error) => {
      problems.push(error);
      // Retries do not wait in tests.
      setImmediate(connection.wake);
    },
    signal: stop.signal,
  });
  sender.wake();
  return { sender, requests, rejected, problems };
}

function pendingOf(mutation: Mutation): PendingMutation {
  return pendingMutation(mutation, [], argsBytes(JSON.stringify(mutation.args)));
}

function queued(count: number, idsEach = 1): PendingMutation[] {
  return Array.from({ length: count }, () => {
    const ids = Array.from({ length: idsEach }, () => uuid());
    return pendingOf({ id: uuid(), name: 'assets.review', args: { ids, review_status: 'approved' } });
  });
}
const idsOf = (pending: readonly PendingMutation[]) => pending.map(({ mutation }) => mutation.id);

test('startSender: sends each mutation once, in order, at most a hundred and about a megabyte at a time', async () => {
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

test('startSender: sends the same request again when the server is unavailable', async () => {
  const pending = queued(2);
  const { requests, problems } = await open(pending, (ids, nth) =>
    nth === 1 ? { status: 503, body: { error: { code: 'unavailable', message: 'Later.' } } } : applied(ids),
  );
  await expect.poll(() => requests.length).toBe(2);
  expect(requests[1]).toEqual(requests[0]);
  expect(String(problems[0])).toContain('Later.');
});

test('startSender: rejects only the mutation at fault when a whole request is refused', async () => {
  const pending = queued(3);
  const [first, bad, last] = idsOf(pending);
  const { requests, rejected } = await open(pending, (ids) =>
    ids.includes(bad ?? '')
      ? { status: 400, body: { error: { code: 'invalid_arguments', message: 'No.' } } }
      : applied(ids),
  );
  await expect.poll(() => requests.at(-1)).toEqual([last]);
  expect(requests).toEqual([[first, bad, last], [first], [bad], [last]]);
  expect([...rejected]).toEqual([[bad, { code: 'invalid_arguments', message: 'No.' }]]);
});

test('startSender: sends a refused batch one at a time, and later mutations together again', async () => {
  const pending = queued(102);
  const ids = idsOf(pending);
  const { requests } = await open(pending, (sent) =>
    sent.includes(ids[3] ?? '')
      ? { status: 422, body: { error: { code: 'invalid_arguments', message: 'No.' } } }
      : applied(sent),
  );
  await expect.poll(() => requests.length).toBe(102);
  const refused = ids.slice(0, 100);
  expect(requests).toEqual([refused, ...refused.map((id) => [id]), ids.slice(100)]);
});

test('startSender: does not send a mutation again when its row arrived while its request was rejected', async () => {
  const pending = queued(2);
  const [arrived, other] = idsOf(pending);
  const { requests } = await open(pending, (ids, nth) => {
    if (nth > 1) return applied(ids);
    pending[0] = { ...(pending[0] as PendingMutation), acknowledgedLsn: 12n };
    return { status: 400, body: { error: { code: 'invalid_arguments', message: 'No.' } } };
  });
  await expect.poll(() => requests.length).toBe(2);
  expect(requests).toEqual([[arrived, other], [other]]);
});

const nginxPage = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>`;

test.for([400, 413, 415, 422, 200])(
  'startSender: keeps a change and sends it again when a %i does not come from the server',
  async (status) => {
    const pending = queued(2);
    const { requests, rejected, problems } = await open(pending, (ids, nth) =>
      nth < 4 ? { status, body: nginxPage('Not the server') } : applied(ids),
    );
    await expect.poll(() => requests.flat().at(-1)).toBe(idsOf(pending)[1]);
    await expect.poll(() => problems.length).toBeGreaterThan(0);
    expect([...rejected]).toEqual([]);
    expect(String(problems[0])).toMatch(/^Error: Something between this browser and the server (answered|refuses)/);
  },
);

test('startSender: splits a change until it passes a proxy, without losing an id', async () => {
  const large = queued(1, 1000);
  const pending = [...queued(1), ...large, ...queued(1)];
  const [before, , after] = idsOf(pending);
  const wanted = large[0]?.mutation.args.ids;
  const passed: string[] = [];
  const { requests, rejected } = await open(pending, (ids) => {
    const named = pending
      .filter(({ mutation }) => ids.includes(mutation.id))
      .flatMap(({ mutation }) => mutation.args.ids);
    if (named.length > 300) return { status: 413, body: nginxPage('413 Request Entity Too Large') };
    passed.push(...named);
    return applied(ids);
  });
  await expect.poll(() => passed.length).toBe(1002);
  expect([...rejected]).toEqual([]);
  expect(requests.at(-1)).toEqual([after]);
  expect(requests[1]).toEqual([before]);
  expect(passed.slice(1, -1)).toEqual(wanted);
});

test('startSender: splits changes that the server finds too large, and rejects only those that cannot be split', async () => {
  const pending = [...queued(1, 2), ...queued(1)];
  const { requests, rejected } = await open(pending, () => ({
    status: 413,
    body: { error: { code: 'too_large', message: 'Send less.' } },
  }));
  await expect.poll(() => rejected.size).toBe(3);
  expect(pending.map(({ mutation }) => mutation.args.ids.length)).toEqual([1, 1, 1]);
  expect(requests.length).toBeLessThan(8);
});
