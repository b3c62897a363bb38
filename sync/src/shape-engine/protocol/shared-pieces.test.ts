import { expect, test } from 'vitest';
import { SharedPieces } from './shared-pieces.ts';

test('SharedPieces makes a piece once while there is room, and lets the longest unused go', () => {
  const pieces = new SharedPieces(30);
  const made: string[] = [];
  const get = (key: string, bytes = 10) =>
    pieces.get(key, () => {
      made.push(key);
      return Buffer.alloc(bytes);
    });
  expect(get('a')).toBe(get('a'));
  get('b');
  get('c');
  get('a');
  get('d');
  get('a');
  expect(made).toEqual(['a', 'b', 'c', 'd']);
  get('b');
  // One that is larger than all the room is nobody else's.
  get('large', 100);
  get('large', 100);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'b', 'large', 'large']);
});
