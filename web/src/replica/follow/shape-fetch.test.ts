import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { createConnection } from '../network/connection.ts';
import { createResponseBodies } from '../network/response-bodies.ts';
import { createLiveGate } from './live-gate.ts';
import { createShapeFetch } from './shape-fetch.ts';

const answer = (offset: string) =>
  new Response('[]', { headers: { 'electric-handle': 'h', 'electric-offset': offset, 'electric-up-to-date': '' } });

function shapeFetchOf(fetch: typeof globalThis.fetch) {
  const released: string[] = [];
  const gate = createLiveGate();
  const bodies = createResponseBodies();
  const shapeFetch = createShapeFetch({
    reference: 'projects',
    fetch,
    gate,
    connection: createConnection(() => {}),
    limit: pLimit(1),
    bodies,
    onStart: async () => {},
    onHold: () => {},
    onRelease: () => released.push('projects'),
    onFailure: () => {},
  });
  return { shapeFetch, released, gate, bodies };
}

test('createShapeFetch: does not send a live request that is aborted while held', async () => {
  const { shapeFetch, released } = shapeFetchOf(fetch);
  const unfollowed = new AbortController();
  const held = shapeFetch('http://127.0.0.1/api/shapes/projects?live=true&offset=1_0&handle=h', {
    signal: unfollowed.signal,
  });
  unfollowed.abort();
  await expect(held).rejects.toThrow('aborted');
  expect(released).toEqual([]);
});

test('createShapeFetch: holds a live request only at the shape’s end, even if the end was prefetched and thrown away', async () => {
  const { shapeFetch, released } = shapeFetchOf(async () => answer('9_0'));
  await shapeFetch('http://127.0.0.1/api/shapes/projects?offset=5_0&handle=h');
  await shapeFetch('http://127.0.0.1/api/shapes/projects?live=true&offset=5_0&handle=h');
  expect(released).toEqual(['projects']);
  const held = shapeFetch('http://127.0.0.1/api/shapes/projects?live=true&offset=9_0&handle=h');
  expect(await Promise.race([held, delay(50, 'held')])).toBe('held');
});

test('createShapeFetch: answers a held request with the messages of its ring, and the next one fetches', async () => {
  const fetched: string[] = [];
  const { shapeFetch, released, gate, bodies } = shapeFetchOf(async (input) => {
    fetched.push(new URL(String(input)).searchParams.get('offset') ?? '');
    return answer('12_0');
  });
  const live = (offset: string) =>
    shapeFetch(`http://127.0.0.1/api/shapes/projects?live=true&offset=${offset}&handle=h`);
  const held = live('5_0');
  const message = { key: 'projects/1', value: { id: '1' }, headers: { operation: 'delete', lsn: '9', last: true } };
  const messages = JSON.stringify([message, { headers: { control: 'up-to-date', global_last_seen_lsn: '9' } }]);
  gate.ring([{ reference: 'projects', position: { handle: 'h', offset: '9_0' }, tail: { from: '5_0', messages } }]);
  const answered = await held;
  expect(answered.headers.get('electric-offset')).toBe('9_0');
  expect(answered.headers.get('electric-handle')).toBe('h');
  expect(answered.headers.has('electric-up-to-date')).toBe(true);
  expect(bodies.take(await answered.json())).toMatchObject([message, { headers: { control: 'up-to-date' } }]);
  expect(fetched).toEqual([]);

  const next = live('9_0');
  gate.ring([{ reference: 'projects', position: { handle: 'h', offset: '12_0' }, tail: null }]);
  expect((await next).headers.get('electric-offset')).toBe('12_0');
  expect(fetched).toEqual(['9_0']);
  expect(released).toEqual(['projects', 'projects']);
});
