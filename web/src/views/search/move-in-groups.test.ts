import { expect, test } from 'vitest';
import { moveIn } from './move-in-groups.ts';

const entries = (...keys: string[]) => ({ entries: keys.map((key) => ({ key })) });
const groups = [entries('a', 'b'), entries(), entries('c', 'd', 'e')];

test('moveIn: steps through the groups and around', () => {
  expect(moveIn(groups, 'b', 'ArrowDown')).toBe('c');
  expect(moveIn(groups, 'c', 'ArrowUp')).toBe('b');
  expect(moveIn(groups, 'e', 'ArrowDown')).toBe('a');
  expect(moveIn(groups, 'a', 'ArrowUp')).toBe('e');
  expect(moveIn(groups, null, 'ArrowDown')).toBe('a');
});

test('moveIn: goes from group to group', () => {
  expect(moveIn(groups, 'a', 'PageDown')).toBe('c');
  expect(moveIn(groups, 'd', 'PageDown')).toBe('e');
  expect(moveIn(groups, 'e', 'PageUp')).toBe('c');
  expect(moveIn(groups, 'c', 'PageUp')).toBe('a');
});

test('moveIn: leaves other keys alone, and all keys without an entry', () => {
  expect(moveIn(groups, 'a', 'Enter')).toBeNull();
  expect(moveIn([entries()], null, 'ArrowDown')).toBeNull();
});
