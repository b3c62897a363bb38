import { expect, test } from 'vitest';
import { pickShortcuts, startsPair } from './pick-shortcuts.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const usual = { first: null, typing: false, singleKeys: true };

test('pickShortcuts: gives the second key of a pair to the pair, and to its own shortcut otherwise', () => {
  expect(pickShortcuts({ ...none, key: 'p' }, usual)).toEqual(['pickUp']);
  expect(pickShortcuts({ ...none, key: 'p' }, { ...usual, first: 'g' })).toEqual(['goProjects']);
  expect(startsPair({ ...none, key: 'g' }, usual)).toBe(true);
});

test('pickShortcuts: leaves keys to a text field, except those that open something from anywhere', () => {
  const typing = { ...usual, typing: true };
  expect(pickShortcuts({ ...none, key: 'a' }, typing)).toEqual([]);
  expect(pickShortcuts({ ...none, key: 'z', ctrlKey: true }, typing)).toEqual([]);
  expect(pickShortcuts({ ...none, key: 'k', ctrlKey: true }, typing)).toEqual(['palette']);
  expect(startsPair({ ...none, key: 'g' }, typing)).toBe(false);
});

test('pickShortcuts: without single letters only combinations and named keys act', () => {
  const without = { ...usual, singleKeys: false };
  expect(pickShortcuts({ ...none, key: 'a' }, without)).toEqual([]);
  expect(pickShortcuts({ ...none, key: 'T', shiftKey: true }, without)).toEqual([]);
  expect(pickShortcuts({ ...none, key: 'p' }, { ...without, first: 'g' })).toEqual([]);
  expect(pickShortcuts({ ...none, key: 'Delete' }, without)).toEqual(['delete']);
  expect(pickShortcuts({ ...none, key: 'b', ctrlKey: true }, without)).toEqual(['sidebar']);
});
