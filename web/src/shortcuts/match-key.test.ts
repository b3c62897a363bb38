import { expect, test } from 'vitest';
import { matchesKey } from './match-key.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('matchesKey: tells a letter from the same letter with Shift', () => {
  expect(matchesKey('t', { ...none, key: 't' })).toBe(true);
  expect(matchesKey('t', { ...none, key: 'T', shiftKey: true })).toBe(false);
  expect(matchesKey('Shift+t', { ...none, key: 'T', shiftKey: true })).toBe(true);
  expect(matchesKey('t', { ...none, key: 'T' })).toBe(true);
});

test('matchesKey: takes a character with or without Shift, as layouts differ', () => {
  expect(matchesKey('?', { ...none, key: '?', shiftKey: true })).toBe(true);
  expect(matchesKey('/', { ...none, key: '/', shiftKey: true })).toBe(true);
  expect(matchesKey('[', { ...none, key: '[' })).toBe(true);
});

test('matchesKey: takes the command key of a Mac for Ctrl, and no other modifier', () => {
  expect(matchesKey('Ctrl+k', { ...none, key: 'k', metaKey: true })).toBe(true);
  expect(matchesKey('k', { ...none, key: 'k', ctrlKey: true })).toBe(false);
  expect(matchesKey('Ctrl+z', { ...none, key: 'z', ctrlKey: true, shiftKey: true })).toBe(false);
  expect(matchesKey('Ctrl+k', { ...none, key: 'k', ctrlKey: true, altKey: true })).toBe(false);
});

test('matchesKey: names keys that print nothing', () => {
  expect(matchesKey('Space', { ...none, key: ' ' })).toBe(true);
  expect(matchesKey('Delete', { ...none, key: 'Delete' })).toBe(true);
});
