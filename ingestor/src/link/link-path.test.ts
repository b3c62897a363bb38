import { describe, expect, test } from 'vitest';
import type { AssetToLink } from '../sql/dataset-links.ts';
import {
  fileNamesOf,
  isFrameOf,
  isPlainRelative,
  linkPathOf,
  packageFolder,
  packageFolderOf,
  partsBelow,
} from './link-path.ts';

const clip: AssetToLink = {
  id: '1',
  relativePath: 'DAY/clip.mov',
  fileType: 'video',
  assetType: 'raw',
  firstFrame: null,
  lastFrame: null,
  framePadding: null,
  missingFrames: null,
};

describe('linkPathOf', () => {
  const folder = packageFolder('/datasets', 'jane_doe', 'Day 2/3');
  test.each<[string, Partial<AssetToLink>, string]>([
    ['a video', {}, 'visuals/raw/DAY/clip.mov'],
    ['an audio file', { fileType: 'audio', assetType: 'audio' }, 'audio/audio/DAY/clip.mov'],
    ['a graded audio file', { fileType: 'audio', assetType: 'graded' }, 'audio/graded/DAY/clip.mov'],
    ['a note beside an audio file', { fileType: 'other', assetType: 'audio' }, 'audio/audio/DAY/clip.mov'],
    ['a name with a line break', { relativePath: 'a\nb' }, 'visuals/raw/a\nb'],
  ])('%s', (_, fields, expected) => {
    const link = linkPathOf(folder, { ...clip, ...fields });
    expect(link).toBe(`/datasets/jane_doe/media/external/from_client/Day 2_3/${expected}`);
    expect(packageFolderOf('/datasets', link)).toBe(folder);
  });
});

test.each([
  ['/datasets/a/media/external/from_client', null],
  ['/datasets/a/media/external/other/p/visuals/raw/x', null],
  ['/datasets/../media/external/from_client/p/visuals/raw/x', null],
  ['/elsewhere/a/media/external/from_client/p/visuals/raw/x', null],
])('packageFolderOf finds no package folder in %s', (link, expected) =>
  expect(packageFolderOf('/datasets', link)).toBe(expected),
);

test('partsBelow matches the root by whole components', () => {
  expect(partsBelow('/data', '/data/a/b')).toEqual(['a', 'b']);
  expect(partsBelow('/', '/a')).toEqual(['a']);
  expect(partsBelow('/data', '/database/a')).toBeNull();
  expect(partsBelow('/data', '/data/a/../../b')).toBeNull();
  expect(partsBelow('/data', '/data')).toBeNull();
});

test.each([
  ['a/b', true],
  ['a/..b', true],
  ['../a', false],
  ['a/../b', false],
  ['/a', false],
  ['a//b', false],
  ['./a', false],
])('isPlainRelative(%j) is %j', (relativePath, expected) => expect(isPlainRelative(relativePath)).toBe(expected));

test('fileNamesOf returns the existing frames of a sequence', () => {
  const frames = {
    relativePath: 'x/a#1.####.exr',
    firstFrame: -1,
    lastFrame: 12,
    framePadding: 4,
    missingFrames: '1-10',
  };
  expect(fileNamesOf({ ...clip, ...frames })).toEqual([
    'a#1.-0001.exr',
    'a#1.0000.exr',
    'a#1.0011.exr',
    'a#1.0012.exr',
  ]);
});

describe('isFrameOf', () => {
  test.each([
    ['a.####.exr', 'a.0012.exr', true],
    ['a.#.exr', 'a.100.exr', true],
    ['a.####.exr', 'a.-0012.exr', true],
    ['a.-###.exr', 'a.-012.exr', true],
    ['a.-###.exr', 'a.0012.exr', true],
    ['take#####.exr', 'take#0001.exr', true],
    ['####.exr', '0001.exr', true],
    ['a.####.exr', 'b.0012.exr', false],
    ['a.####.exr', 'a.0012.exr.bak', false],
    ['a.####.exr', 'a..exr', false],
    ['a.####.exr', 'a.exr', false],
    ['a.exr', 'a.exr', false],
    ['a.####', 'a.0001', false],
  ])('isFrameOf(%j, %j) is %j', (sequence, name, expected) => expect(isFrameOf(sequence, name)).toBe(expected));
});
