import { describe, expect, test } from 'vitest';
import { framePath, groupSequences } from './sequences.ts';

/** Sequences as 'path first-last [without missing]', then singles, each in name order. */
function grouped(names: string): string[] {
  const files = names.split(' ').map((relativePath) => ({ relativePath }));
  const { sequences, singles } = groupSequences(files);
  return [
    ...sequences.map(({ relativePath, first, last, missing }) =>
      [relativePath, `${first}-${last}`, ...(missing === null ? [] : [`without ${missing}`])].join(' '),
    ),
    ...singles.map(({ relativePath }) => relativePath),
  ].sort();
}

describe('groupSequences', () => {
  test.each([
    ['a dot before the number', 'sh.0001.exr sh.0002.exr', ['sh.####.exr 1-2']],
    ['an underscore before the number', 'sh_1001.dpx sh_1002.dpx', ['sh_####.dpx 1001-1002']],
    ['a number alone', '0009.tif 0010.tif', ['####.tif 9-10']],
    ['numbers given in any order', 'a.3.png a.1.png a.2.png', ['a.#.png 1-3']],
    ['one missing frame', 'a.0001.exr a.0003.exr', ['a.####.exr 1-3 without 2']],
    ['missing ranges', 'a.01.exr a.02.exr a.04.exr a.08.exr a.09.exr', ['a.##.exr 1-9 without 3,5-7']],
    ['one frame is a still', 'a.0001.exr', ['a.0001.exr']],
    ['extensions apart', 'a.01.exr a.02.exr a.01.jpg a.02.jpg', ['a.##.exr 1-2', 'a.##.jpg 1-2']],
    ['paddings apart', 'a.01.exr a.02.exr a.001.exr', ['a.##.exr 1-2', 'a.001.exr']],
    ['folders apart', 'x/a.01.exr y/a.02.exr', ['x/a.01.exr', 'y/a.02.exr']],
    ['a number in the folder', 'v2/a.01.exr v2/a.02.exr', ['v2/a.##.exr 1-2']],
    ['version tokens are no frames', 'a_v001.exr a_v002.exr', ['a_v001.exr', 'a_v002.exr']],
    ['a version before the frame', 'a_v001.10.exr a_v001.11.exr', ['a_v001.##.exr 10-11']],
    ['names that end in a number', 'take1.png take2.png', ['take1.png', 'take2.png']],
    ['face crops of a clip', 'A001_0001_0.png A001_0002_0.png', ['A001_0001_0.png', 'A001_0002_0.png']],
    ['face crops of a frame', '00001_0.png 00002_0.png 00002_1.png', ['00001_0.png', '00002_0.png', '00002_1.png']],
    [
      'hyphens and dots in the clip',
      'b-roll.v2_0001_0.png b-roll.v2_0002_0.png',
      ['b-roll.v2_0001_0.png', 'b-roll.v2_0002_0.png'],
    ],
    ['a padded number is no face', 'sh010_0100_01.png sh010_0100_02.png', ['sh010_0100_##.png 1-2']],
    ['movies', 'cam.0001.mov cam.0002.mov', ['cam.0001.mov', 'cam.0002.mov']],
    ['a # in the name', 'a#1.01.exr a#1.02.exr', ['a#1.##.exr 1-2']],
    [
      'numbers that are dates',
      'x_20240101.jpg x_20241231.jpg',
      ['x_########.jpg 20240101-20241231 without 20240102-20241230'],
    ],
    ['numbers that no integer holds', 'x.1111111111.jpg x.1111111112.jpg', ['x.1111111111.jpg', 'x.1111111112.jpg']],
  ])('groupSequences: %s', (_, names, expected) => {
    expect(grouped(names)).toEqual(expected);
  });
});

test('framePath puts a frame number where the #s are', () => {
  expect(framePath('x/a.####.exr', 4, 12)).toBe('x/a.0012.exr');
  expect(framePath('take#####.exr', 4, 1)).toBe('take#0001.exr');
});
