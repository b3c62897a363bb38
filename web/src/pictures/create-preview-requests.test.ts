import { MAX_WANTED } from '@ingesthub/schema/wanted.ts';
import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPreviewRequests, isWaiting } from './create-preview-requests.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(send: (ids: readonly string[]) => Promise<unknown> = async () => {}) {
  const sent: string[][] = [];
  const [online, setOnline] = createSignal(true);
  const [grid, setGrid] = createSignal<readonly string[]>([]);
  const [panel, setPanel] = createSignal<readonly string[]>([]);
  const dispose = createRoot((disposeRoot) => {
    const requests = createPreviewRequests({
      online,
      send: (ids) => {
        sent.push([...ids]);
        return send(ids);
      },
    });
    requests.show(grid);
    requests.show(panel);
    return disposeRoot;
  });
  return { sent, setOnline, setGrid, setPanel, dispose };
}

test('createPreviewRequests: what comes onto the screen together is asked for together, and once', async () => {
  const { sent, setGrid, setPanel, dispose } = setUp();
  setGrid(['a']);
  setGrid(['a', 'b']);
  setPanel(['b', 'c']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual([['a', 'b', 'c']]);
  dispose();
});

test('createPreviewRequests: one request a second at most, of what has left the screen none', async () => {
  const { sent, setGrid, dispose } = setUp();
  setGrid(['a']);
  await vi.advanceTimersByTimeAsync(300);
  for (const id of ['b', 'c', 'd']) {
    setGrid(['a', id]);
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(sent).toEqual([['a']]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([['a'], ['d']]);
  dispose();
});

test('createPreviewRequests: a screen that changes all the time is asked for all the same', async () => {
  const { sent, setGrid, dispose } = setUp();
  for (let first = 0; first < 25; first += 1) {
    setGrid([String(first), String(first + 1)]);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent).toHaveLength(3);
  dispose();
});

test('createPreviewRequests: what still waits after half a minute is asked for again', async () => {
  const { sent, setGrid, dispose } = setUp();
  setGrid(['a', 'b']);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(sent).toEqual([['a', 'b']]);
  setGrid(['b']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(sent).toEqual([['a', 'b'], ['b']]);
  dispose();
});

test('createPreviewRequests: nothing is asked while nothing waits, while there is no network, and after the page has gone', async () => {
  const { sent, setOnline, setGrid, dispose } = setUp();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(vi.getTimerCount()).toBe(0);
  setOnline(false);
  setGrid(['a']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  setOnline(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([['a']]);
  setGrid(['b']);
  dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test('createPreviewRequests: a request that fails is as good as one that did not, and the next one waits for it', async () => {
  const answer = Promise.withResolvers<void>();
  const { sent, setGrid, dispose } = setUp(() => answer.promise);
  setGrid(['a']);
  await vi.advanceTimersByTimeAsync(2000);
  setGrid(['a', 'b']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual([['a']]);
  answer.reject(new Error('The server does not answer.'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([['a'], ['b']]);
  dispose();
});

test('createPreviewRequests: more than a request may name go in several', async () => {
  const { sent, setGrid, dispose } = setUp();
  setGrid(Array.from({ length: MAX_WANTED + 1 }, (_, index) => String(index)));
  await vi.advanceTimersByTimeAsync(3000);
  expect(sent.map((ids) => ids.length)).toEqual([MAX_WANTED, 1]);
  dispose();
});

test('createPreviewRequests: a part of the page that goes takes along what it showed', async () => {
  const { sent, dispose } = setUp();
  createRoot((disposeRoot) => {
    const requests = createPreviewRequests({ online: () => true, send: async (ids) => sent.push([...ids]) });
    createRoot((disposePart) => {
      requests.show(() => ['of the panel']);
      disposePart();
    });
    requests.show(() => ['of the grid']);
    return disposeRoot;
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([['of the grid']]);
  dispose();
});

test('isWaiting: for a thumbnail, or what else is known to be pending, unless the file is not on the disk', () => {
  const ready = {
    missing_since: null,
    probe_status: 'ready',
    thumbnail_status: 'ready',
    proxy_status: 'none',
  } as const;
  expect(isWaiting(ready)).toBe(false);
  expect(isWaiting({ missing_since: null, thumbnail_status: 'failed' })).toBe(false);
  expect(isWaiting({ missing_since: null, thumbnail_status: 'pending' })).toBe(true);
  expect(isWaiting({ ...ready, proxy_status: 'pending' })).toBe(true);
  expect(isWaiting({ ...ready, probe_status: 'pending' })).toBe(true);
  expect(isWaiting({ ...ready, thumbnail_status: 'pending', missing_since: new Date() })).toBe(false);
});
