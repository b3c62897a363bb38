import { describe, expect, test } from 'vitest';
import type { ListedAsset } from '../listing.ts';
import { groupFiles, patternOf, restsOnCounter } from './representatives.ts';

const assets = ['JANE/c_0001.jpg', 'JANE/c_0002.jpg', 'JOHN/c_0001.jpg', 'p01.mov', 'p02.mov'].map(
  (relativePath): ListedAsset => ({ relativePath, fileType: 'image', size: 10, sequence: null }),
);
const indexes = assets.map((_, index) => index);

describe('groupFiles', () => {
  test('groupFiles asks about each file of a small package', () => {
    expect(groupFiles(assets, indexes).map(({ members }) => members)).toEqual([[0], [1], [2], [3], [4]]);
  });

  test('groupFiles asks about one file of each folder and name pattern of a large one', () => {
    expect(groupFiles(assets, indexes, 4)).toEqual([
      { asked: { path: 'JANE/c_0001.jpg', fileType: 'image', size: 20, files: 2 }, members: [0, 1] },
      { asked: { path: 'JOHN/c_0001.jpg', fileType: 'image', size: 10, files: 1 }, members: [2] },
      { asked: { path: 'p01.mov', fileType: 'image', size: 10, files: 1 }, members: [3] },
      { asked: { path: 'p02.mov', fileType: 'image', size: 10, files: 1 }, members: [4] },
    ]);
  });
});

test('patternOf keeps folders and the numbers of people', () => {
  expect(patternOf('S0012/A001C0023_p02.mov')).toBe('S0012/A#C#_p02.mov');
});

test('restsOnCounter: a person known by the number that the names differ in', () => {
  expect(restsOnCounter('x/actor0012.mov', 'actor0012')).toBe(true);
  expect(restsOnCounter('actor0012/a_0012.mov', 'actor0012')).toBe(false);
  expect(restsOnCounter('JANE/a_0012.mov', 'JANE')).toBe(false);
});
