import { expect, test } from 'vitest';
import { groupParts } from './clip-parts.ts';
import { framePath } from './sequences.ts';

function group(...names: string[]) {
  const { clips, singles } = groupParts(names.map((relativePath) => ({ relativePath })));
  return [
    ...clips.map(({ relativePath, first, last, missing }) => [relativePath, first, last, missing]),
    ...singles.map(({ relativePath }) => relativePath),
  ];
}

test('groupParts joins the parts of a clip, in their order', () => {
  expect(group('r/A_002.R3D', 'r/A_001.R3D', 'r/B_001.R3D', 'r/A.RMD', 'q/A_001.r3d', 'q/A_002.r3d')).toEqual([
    ['r/A_###.R3D', 1, 2, null],
    ['q/A_###.r3d', 1, 2, null],
    'r/A.RMD',
    'r/B_001.R3D',
  ]);
  expect(framePath('r/A_###.R3D', 3, 2)).toBe('r/A_002.R3D');
});

test('groupParts says which parts are missing, the first ones too', () => {
  expect(group('A_001.R3D', 'A_004.R3D')).toEqual([['A_###.R3D', 1, 4, '2-3']]);
  expect(group('A_003.R3D')).toEqual([['A_###.R3D', 1, 3, '1-2']]);
});

test('groupParts leaves files alone that are no parts, or that are twice the same part', () => {
  expect(group('A_001.R3D', 'A_01.R3D', 'A001.R3D', '_002.mov')).toHaveLength(4);
  expect(group('A_000.R3D', 'A_001.R3D')).toEqual(['A_000.R3D', 'A_001.R3D']);
  expect(group('A_002.R3D', 'A_002.r3d')).toEqual(['A_002.R3D', 'A_002.r3d']);
  expect(group('A_001.R3D', 'A_002.R3D', 'A_###.R3D')).toEqual(['A_###.R3D', 'A_001.R3D', 'A_002.R3D']);
});
