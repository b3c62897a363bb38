import { expect, test } from 'vitest';
import { nextState, type StateTable } from './state-table.ts';

const door: StateTable<'open' | 'shut', 'push' | 'slam'> = {
  open: { push: 'ignored', slam: 'shut' },
  shut: { push: 'open', slam: 'error' },
};

test('nextState: returns the entry, the same state when the event is ignored, and throws when it cannot occur', () => {
  expect(nextState(door, 'shut', 'push')).toBe('open');
  expect(nextState(door, 'open', 'push')).toBe('open');
  expect(() => nextState(door, 'shut', 'slam')).toThrow('“slam” cannot occur in the state “shut”.');
});
