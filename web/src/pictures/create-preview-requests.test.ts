import { MAX_WANTED } from '@ingesthub/schema/library/wanted.ts';
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

test('createPreviewRequests: requests assets that appear together in one request, and only once', async () => {
  const { sent, setGrid, setPanel, dispose } = setUp();
  setGrid(['a']);
  setGrid(['a', 'b']);
  setPanel(['b', 'c']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual([['a', 'b', 'c']]);
  dispose();
});

test('createPreviewRequests: sends at most one request a second, without assets that have left the screen', async () => {
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

test('createPreviewRequests: keeps requesting while the screen changes all the time', async () => {
  const { sent, setGrid, dispose } = setUp();
  for (let first = 0; first < 25; first += 1) {
    setGrid([String(first), String(first + 1)]);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent).toHaveLength(3);
  dispose();
});

test('createPreviewRequests: repeats the request for assets that still wait after half a minute', async () => {
  const { sent, setGrid, dispose } = setUp();
  setGrid(['a', 'b']);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(sent).toEqual([['a', 'b']]);
  setGrid(['b']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(sent).toEqual([['a', 'b'], ['b']]);
  dispose();
});

test('createPreviewRequests: sends nothing while no asset waits, while offline, and after the page is closed', async () => {
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

test('createPreviewRequests: waits for the pending request, and treats a failed one like a successful one', async () => {
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

test('createPreviewRequests: splits more assets than one request may name', async () => {
  const { sent, setGrid, dispose } = setUp();
  setGrid(Array.from({ length: MAX_WANTED + 1 }, (_, index) => String(index)));
  await vi.advanceTimersByTimeAsync(3000);
  expect(sent.map((ids) => ids.length)).toEqual([MAX_WANTED, 1]);
  dispose();
});

test('createPreviewRequests: drops the assets of a part of the page when that part is disposed', async () => {
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

test('isWaiting: is true while a thumbnail, probe or proxy is pending, unless the file is not on disk', () => {
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
