import { describe, expect, test } from 'vitest';
import type { ListedAsset } from '../rules/listing.ts';
import { groupFiles, patternOf, restsOnCounter } from './representatives.ts';

const assets = ['JANE/c_0001.jpg', 'JANE/c_0002.jpg', 'JOHN/c_0001.jpg', 'p01.mov', 'p02.mov'].map(
  (relativePath): ListedAsset => ({ relativePath, fileType: 'image', size: 10, sequence: null }),
);
const indexes = assets.map((_, index) => index);

describe('groupFiles', () => {
  test('groupFiles keeps each file of a small package separate', () => {
    expect(groupFiles(assets, indexes).map(({ members }) => members)).toEqual([[0], [1], [2], [3], [4]]);
  });

  test('groupFiles groups a large package by folder and name pattern', () => {
    expect(groupFiles(assets, indexes, 4)).toEqual([
      { asked: { path: 'JANE/c_0001.jpg', fileType: 'image', size: 20, files: 2 }, members: [0, 1] },
      { asked: { path: 'JOHN/c_0001.jpg', fileType: 'image', size: 10, files: 1 }, members: [2] },
      { asked: { path: 'p01.mov', fileType: 'image', size: 10, files: 1 }, members: [3] },
      { asked: { path: 'p02.mov', fileType: 'image', size: 10, files: 1 }, members: [4] },
    ]);
  });
});

test('patternOf keeps folders and short numbers', () => {
  expect(patternOf('S0012/A001C0023_p02.mov')).toBe('S0012/A#C#_p02.mov');
});

test('restsOnCounter detects a person named by the counter', () => {
  expect(restsOnCounter('x/actor0012.mov', 'actor0012')).toBe(true);
  expect(restsOnCounter('actor0012/a_0012.mov', 'actor0012')).toBe(false);
  expect(restsOnCounter('JANE/a_0012.mov', 'JANE')).toBe(false);
});
