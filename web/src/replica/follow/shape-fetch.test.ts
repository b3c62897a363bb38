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
  const shapeFetch = createShapeFetch({
    reference: 'projects',
    fetch,
    gate: createLiveGate(),
    connection: createConnection(() => {}),
    limit: pLimit(1),
    bodies: createResponseBodies(),
    onStart: async () => {},
    onRelease: () => released.push('projects'),
    onFailure: () => {},
  });
  return { shapeFetch, released };
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
