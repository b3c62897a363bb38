import { expect, test } from 'vitest';
import { SharedPieces } from './shared-pieces.ts';

test('SharedPieces builds a piece once while there is room, and evicts the longest unused', () => {
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
  // A piece larger than the whole limit is not shared.
  get('large', 100);
  get('large', 100);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'b', 'large', 'large']);
});
