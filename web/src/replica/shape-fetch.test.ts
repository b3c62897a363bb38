import { expect, test } from 'vitest';
import { createConnection } from './connection.ts';
import { createLiveGate } from './live-gate.ts';
import { createResponseBodies } from './response-bodies.ts';
import { createShapeFetch } from './shape-fetch.ts';
import { createSlots } from './slots.ts';

test('createShapeFetch: a live request that is aborted while it is held is not let through', async () => {
  const released: string[] = [];
  const shapeFetch = createShapeFetch({
    reference: 'projects',
    fetch,
    gate: createLiveGate(),
    connection: createConnection(() => {}),
    slots: createSlots(1),
    bodies: createResponseBodies(),
    onStart: async () => {},
    onRelease: () => released.push('projects'),
    onFailure: () => {},
  });
  const unfollowed = new AbortController();
  const answer = shapeFetch('http://127.0.0.1/api/shapes/projects?live=true&offset=1_0&handle=h', {
    signal: unfollowed.signal,
  });
  unfollowed.abort();
  await expect(answer).rejects.toThrow('aborted');
  expect(released).toEqual([]);
});
