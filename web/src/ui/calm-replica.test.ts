import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReplicaChange } from '../replica/replica.ts';
import { calmReplica } from './calm-replica.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen() {
  const listeners = new Set<(change: ReplicaChange) => void>();
  const told: string[][] = [];
  const calm = calmReplica({
    query: () => Promise.resolve([]),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const stop = calm.onChange((change) => told.push([...change.tables]));
  const change = (table: string) => {
    for (const listener of listeners) listener({ tables: new Set([table]) });
  };
  return { told, change, stop };
}

test('calmReplica: tells once of all that changed, when the changes pause', () => {
  const { told, change } = listen();
  change('assets');
  vi.advanceTimersByTime(300);
  change('runs');
  vi.advanceTimersByTime(300);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([['assets', 'runs']]);
});

test('calmReplica: tells in between when they never pause, and no more once nobody listens', () => {
  const { told, change, stop } = listen();
  for (let elapsed = 0; elapsed < 4500; elapsed += 100) {
    change('assets');
    vi.advanceTimersByTime(100);
  }
  expect(told).toHaveLength(2);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(told).toHaveLength(2);
});
