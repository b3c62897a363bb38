import { describe, expect, test } from 'vitest';
import { existingFrames } from './frame-list.ts';
import { framePath, groupSequences } from './sequences.ts';

/** Expands 'plate.1001..1004.exr' to the four names. */
function expand(names: string): string[] {
  return names.split(' ').flatMap((name) => {
    const match = /^(.*?)(\d+)\.\.(\d+)(\.\w+)$/s.exec(name);
    if (!match) return [name];
    const [, stem, first = '', last = '', extension] = match;
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${stem}${String(Number(first) + index).padStart(first.length, '0')}${extension}`,
    );
  });
}

/** Describes sequences as 'path first..last [without missing] [twice duplicates]', then singles, sorted as text. */
function grouped(names: string): string[] {
  const { sequences, singles } = groupSequences(expand(names).map((relativePath) => ({ relativePath })));
  return [
    ...sequences.map(({ relativePath, first, last, missing, duplicates }) =>
      [
        `${relativePath} ${first}..${last}`,
        ...(missing === null ? [] : [`without ${missing}`]),
        ...(duplicates === null ? [] : [`twice ${duplicates}`]),
      ].join(' '),
    ),
    ...singles.map(({ relativePath }) => relativePath),
  ].sort();
}

/** The result of grouping names; without a third entry each stays a separate picture. */
type Case = [why: string, names: string, expected?: string[]];

const SEPARATORS: Case[] = [
  ['a dot before the number', 'sh.0001..0002.exr', ['sh.####.exr 1..2']],
  ['an underscore before the number', 'sh_1001..1002.dpx', ['sh_####.dpx 1001..1002']],
  ['a hyphen before the number', 'sh-1001..1003.exr', ['sh-####.exr 1001..1003']],
  ['a hyphen before three digits', 'sh-001..002.exr', ['sh-###.exr 1..2']],
  ['a hyphen before fewer digits, which number a take', 'take-1..3.png take-01..02.png'],
  ['a number alone', '0009..0010.tif', ['####.tif 9..10']],
  ['names that end in a number', 'take1..2.png frame0001..0002.png'],
  ['a space before it', 'photo\u00a01.jpg photo\u00a02.jpg'],
  ['numbers in any order', 'a.3.png a.1.png a.2.png', ['a.#.png 1..3']],
  ['a file that is named like the sequence', 'a.####.exr a.0001..0002.exr'],
  ['a # in the name', 'a#1.01..02.exr', ['a#1.##.exr 1..2']],
  ['a line break in the name', 'a\n.01..02.exr', ['a\n.##.exr 1..2']],
  ['letters after the number', 'a.0001a.exr a.0002a.exr'],
];

const BETWEEN: Case[] = [
  [
    'halves beside their frames',
    'p.1001.exr p.1001.5.exr p.1002.exr p.1002.5.exr',
    ['p.####.5.exr 1001..1002', 'p.####.exr 1001..1002'],
  ],
  [
    'quarters',
    'p.1001.0.exr p.1001.25.exr p.1001.5.exr p.1001.75.exr p.1002.0.exr p.1002.25.exr p.1002.5.exr p.1002.75.exr',
    ['p.####.0.exr 1001..1002', 'p.####.25.exr 1001..1002', 'p.####.5.exr 1001..1002', 'p.####.75.exr 1001..1002'],
  ],
  [
    'thirds',
    'p_0001.000.exr p_0001.333.exr p_0001.667.exr p_0002.000.exr p_0002.333.exr p_0002.667.exr',
    ['p_####.000.exr 1..2', 'p_####.333.exr 1..2', 'p_####.667.exr 1..2'],
  ],
  ['a single half, which is a still', 'p.1001.exr p.1002.exr p.1001.5.exr', ['p.####.exr 1001..1002', 'p.1001.5.exr']],
  [
    'a frame that is really missing between halves',
    'p.1001.5.exr p.1002.5.exr p.1004.5.exr',
    ['p.####.5.exr 1001..1004 without 1003'],
  ],
  ['frames of numbered shots', 'sc.010.1..3.exr sc.020.1..3.exr', ['sc.010.#.exr 1..3', 'sc.020.#.exr 1..3']],
  [
    'frames of numbered takes',
    't.0001.0001..0004.exr t.0002.0001..0004.exr',
    ['t.0001.####.exr 1..4', 't.0002.####.exr 1..4'],
  ],
  ['halves with different spellings', 'p.001.5.EXR p.002.5.exr p.003.5.exr', ['p.###.5.exr 1..3']],
];

const APART: Case[] = [
  ['a single frame, which is a still', 'a.0001.exr'],
  ['two frames', 'a.0001..0002.exr', ['a.####.exr 1..2']],
  ['extensions', 'a.01..02.exr a.01..02.jpg', ['a.##.exr 1..2', 'a.##.jpg 1..2']],
  ['folders', 'x/a.01.exr y/a.02.exr'],
  ['a number in the folder', 'v2/a.01..02.exr', ['v2/a.##.exr 1..2']],
  ['stems', 'a.01.exr b.02.exr'],
  ['stems by case', 'a.01.exr A.02.exr'],
  ['videos', 'cam.0001..0002.mov'],
  ['audio files', 'cam.0001..0002.wav'],
  ['an extension in capitals', 'A.0001..0002.EXR', ['A.####.EXR 1..2']],
  ['spellings of an extension, of which the most frequent wins', 'a.01..02.EXR a.03..05.exr', ['a.##.exr 1..5']],
  ['alternating spellings of an extension', 'a.01.EXR a.02.exr a.03.EXR', ['a.##.EXR 1..3']],
  [
    'the same frame in both spellings',
    'a.01..03.exr a.02.EXR a.03.EXR',
    ['a.##.EXR 2..3 twice 2-3', 'a.##.exr 1..3 twice 2-3'],
  ],
];

const PADDING: Case[] = [
  ['unpadded', 'a.8..12.exr', ['a.#.exr 8..12']],
  ['unpadded from 1 to 100', 'a.1.exr a.10.exr a.100.exr', ['a.#.exr 1..100 without 2-9,11-99']],
  ['unpadded with 0', 'a.0.exr a.1.exr a.10.exr', ['a.#.exr 0..10 without 2-9']],
  ['unpadded from 10', 'a.99..101.exr', ['a.##.exr 99..101']],
  ['grown past its padding', 'a.998..1000.exr', ['a.###.exr 998..1000']],
  ['padded, grown past its padding', 'a.01.exr a.99..101.exr', ['a.##.exr 1..101 without 2-98']],
  ['padded, and much later', 'a.001.exr a.999..1001.exr', ['a.###.exr 1..1001 without 2-998']],
  ['two paddings', 'a.01..02.exr a.003..004.exr', ['a.##.exr 1..2', 'a.###.exr 3..4']],
  [
    'two paddings of the same frames',
    'a.01..03.exr a.002..004.exr',
    ['a.##.exr 1..3 twice 2-3', 'a.###.exr 2..4 twice 2-3'],
  ],
  ['a still of another padding', 'a.01..02.exr a.001.exr', ['a.##.exr 1..2 twice 1', 'a.001.exr']],
  ['padded and unpadded', 'a.1..3.exr a.0001..0003.exr', ['a.#.exr 1..3 twice 1-3', 'a.####.exr 1..3 twice 1-3']],
  [
    'a number that joins the widest padding',
    'a.001..002.exr a.0999..1000.exr',
    ['a.###.exr 1..2', 'a.####.exr 999..1000'],
  ],
  ['seven digits', 'a.0086400..0086401.exr', ['a.#######.exr 86400..86401']],
  ['twelve digits', 'a.000000000001..000000000002.exr', ['a.############.exr 1..2']],
];

const NEGATIVE: Case[] = [
  ['padded without the sign', 'a.-0003.exr a.-0002.exr a.0000..0001.exr', ['a.####.exr -3..1 without -1']],
  ['padded with the sign', 'a.-003.exr a.-002.exr a.0000..0001.exr', ['a.-###.exr -3..1 without -1']],
  ['unpadded', 'a.-3.exr a.-10.exr a.2.exr', ['a.#.exr -10..2 without -9--4,-2-1']],
  ['two digits', 'a.-9.exr a.-10.exr a.01..02.exr', ['a.-#.exr -10..2 without -8-0']],
  ['only negative frames', 'a.-0003.exr a.-0002.exr', ['a.####.exr -3..-2']],
  ['after an underscore', 'a_-03.exr a_-02.exr', ['a_##.exr -3..-2']],
  ['alone', '-0002.exr -0001.exr 0000.exr', ['####.exr -2..0']],
  ['after a hyphen', 'a--0001.exr a-0000.exr a-0001.exr', ['a-####.exr -1..1']],
  ['grown past the padding', 'a.-1000.exr a.-0999.exr a.0000.exr', ['a.####.exr -1000..0 without -998--1']],
  ['minus zero', 'a.-0.exr a.-00.exr'],
  [
    'both paddings',
    'a.-003.exr a.-0003.exr a.-0002.exr a.0001.exr',
    ['a.####.exr -3..1 without -1-0 twice -3', 'a.-003.exr'],
  ],
];

const NO_FRAMES: Case[] = [
  ['versions', 'a_v001..002.exr a.v12..13.exr a_V01..02.exr v1..2.exr'],
  ['versions in words', 'a_version_1..3.jpg a_ver.01..02.jpg a_rev-001..002.jpg'],
  ['dates', 'x_20240131.jpg x_20240201.jpg 20240131.jpg 20240201.jpg x-20240131.jpg x-20240201.jpg'],
  ['dates in parts', 'x_2024-01-30..31.jpg 2024_01_30..31.jpg 2024.01.30..31.jpg'],
  ['dates and times', 'IMG_20240131_153000..153001.jpg PXL_20240131_153000123.jpg PXL_20240131_153000124.jpg'],
  ['stills of cameras', 'IMG_0001..0003.JPG DSC_1001..1002.jpg _MG_2001..2002.JPG'],
  ['screenshots', 'Screenshot\u00a02024-01-31\u00a0at\u00a015.30.00..02.png'],
  ['resolutions', 'x_1920x1080.jpg x_1920x1200.jpg 640x480.png 640x512.png'],
  ['sizes', 'map_512.png map_1024.png map_2048.png clip.720.jpg clip.1080.jpg'],
  ['numbers too large for an integer', 'x.3000000000..3000000001.jpg x.2147483648.jpg x.2147483649.jpg'],
  ['parts of UUIDs', 'x-446655440000.png x-446655440001.png'],
  ['face crops of a clip', 'A001_0001_0.png A001_0002_0.png'],
  ['face crops of a frame', '00001_0.png 00002_0.png 00002_1.png'],
  ['face crops with hyphens and dots in the clip', 'b-roll.v2_0001_0.png b-roll.v2_0002_0.png'],
];

const FRAMES: Case[] = [
  ['a version before the frame', 'a_v001.10..11.exr', ['a_v001.##.exr 10..11']],
  ['the last number', 'sh010_0100_a2.0001..0002.exr', ['sh010_0100_a2.####.exr 1..2']],
  ['a date before the frame', 'x_20240131_1001..1003.exr', ['x_20240131_####.exr 1001..1003']],
  ['a date before a padded frame', 'x_20240131_000001..000003.exr', ['x_20240131_######.exr 1..3']],
  ['a resolution before the frame', 'x_1920x1080.1001..1003.exr', ['x_1920x1080.####.exr 1001..1003']],
  ['eight digits that are not a date', 'x.00000001..00000003.exr', ['x.########.exr 1..3']],
  ['a padded number, which is not a face', 'sh010_0100_01..02.png', ['sh010_0100_##.png 1..2']],
  ['a padded number, which is not a size', 'a.0064.exr a.0128.exr', ['a.####.exr 64..128 without 65-127']],
  ['a size among frames', 'a.1023..1025.exr', ['a.####.exr 1023..1025']],
  ['the largest integer', 'a.2147483646..2147483647.exr', ['a.##########.exr 2147483646..2147483647']],
  ['one missing frame', 'a.0001.exr a.0003.exr', ['a.####.exr 1..3 without 2']],
  ['missing ranges', 'a.01..02.exr a.04.exr a.08..09.exr', ['a.##.exr 1..9 without 3,5-7']],
];

const TILES: Case[] = [
  ['in a folder of textures', 'textures/body.1001..1012.tif'],
  ['in a folder below it', 'assets/hero_tex/4k/body_1001..1003.png'],
  ['named as a texture', 'hero_texture.1001..1004.exr'],
  ['named by UDIM', 'UDIM/a.1001..1004.exr a_udim_1001..1002.png'],
  ['maps of a material', 'bodyBaseColor.1001..1004.tif body_roughness_1001..1004.png body_displacement.1001..1002.exr'],
  ['maps that are also passes', 'body_diffuse.1001..1004.tif body_normal_1001..1002.png'],
  ['a grid of such a map as EXR', 'body_albedo.1001..1003.exr body_albedo.1011..1012.exr'],
  ['a grid of more than a hundred', 'textures/a.1001..1005.tif textures/a.1201..1203.tif'],
  ['of two numbers', 'body_u1_v1.tif body_u2_v1.tif'],
  ['a pattern', 'body.<UDIM>.tif body.%(UDIM)d.tif'],
];

const NO_TILES: Case[] = [
  ['a plate', 'plate/sh010.1001..1012.exr', ['plate/sh010.####.exr 1001..1012']],
  [
    'a plate with gaps like a grid',
    'sh010.1001..1004.exr sh010.1011..1013.exr',
    ['sh010.####.exr 1001..1013 without 1005-1010'],
  ],
  ['a pass of a render', 'sh010_diffuse.1001..1048.exr', ['sh010_diffuse.####.exr 1001..1048']],
  ['a pass in a folder of renders', 'renders/normal/a.1001..1004.png', ['renders/normal/a.####.png 1001..1004']],
  [
    'a plate in a folder of textures and plates',
    'texture/plates/a.1001..1003.exr',
    ['texture/plates/a.####.exr 1001..1003'],
  ],
  ['a moving texture', 'textures/fire.1001..1240.png', ['textures/fire.####.png 1001..1240']],
  ['a texture that begins at 1', 'textures/fire.0001..0012.png', ['textures/fire.####.png 1..12']],
  ['a word that contains another', 'context_1001..1003.png', ['context_####.png 1001..1003']],
  ['a format of frames', 'textures/a.1001..1003.dpx', ['textures/a.####.dpx 1001..1003']],
];

describe.each([
  ['separators', SEPARATORS],
  ['files between frames', BETWEEN],
  ['files kept apart', APART],
  ['padding', PADDING],
  ['negative frames', NEGATIVE],
  ['numbers that are not frames', NO_FRAMES],
  ['numbers that are frames', FRAMES],
  ['UDIM tiles', TILES],
  ['not UDIM tiles', NO_TILES],
])('groupSequences: %s', (_, cases) => {
  test.each(cases)('%s', (_why, names, expected) => {
    expect(grouped(names)).toEqual((expected ?? expand(names)).toSorted());
  });
});

test('framePath replaces the #s with a frame number', () => {
  expect(framePath('x/a.####.exr', 4, 12)).toBe('x/a.0012.exr');
  expect(framePath('x/a.####.exr', 4, -12)).toBe('x/a.-0012.exr');
  expect(framePath('x/a.-###.exr', 4, -12)).toBe('x/a.-012.exr');
  expect(framePath('x/a.-###.exr', 4, 12)).toBe('x/a.0012.exr');
  expect(framePath('take#####.exr', 4, 1)).toBe('take#0001.exr');
});

test('framePath restores the files given to groupSequences, except for their spelling', () => {
  // The extension of some files is spelled differently from the sequence's.
  const plain = (name: string) => name.replace(/\.\w+$/, (extension) => extension.toLowerCase());
  const random = seeded(20);
  for (let round = 0; round < 500; round += 1) {
    const names = randomNames(random);
    const { sequences, singles } = groupSequences(names.map((relativePath) => ({ relativePath })));
    const back = sequences.flatMap(({ relativePath, padding, first, last, missing, files }) => {
      const frames = existingFrames(first, last, missing);
      const paths = frames.map((frame) => framePath(relativePath, padding, frame));
      expect(paths.map(plain)).toEqual(files.map((file) => plain(file.relativePath)));
      return paths;
    });
    const all = [...back, ...singles.map((file) => file.relativePath)].map(plain);
    expect(all.sort()).toEqual(names.map(plain).sort());
    expect(new Set(sequences.map(({ relativePath }) => relativePath)).size).toBe(sequences.length);
  }
});

/** Returns distinct names from few stems, with numbers written in every way. */
function randomNames(random: (below: number) => number): string[] {
  const pick = <T>(values: readonly T[]) => values[random(values.length)] as T;
  const names = Array.from({ length: 1 + random(60) }, () => {
    const digits = String(random(10 ** (1 + random(4)))).padStart(pick([1, 1, 2, 3, 4]), '0');
    return `${pick(['', 'x/'])}${pick(['a.', 'a_', 'a-', '', 'a#.'])}${pick(['', '', '-'])}${digits}${pick(['', '', '.5', '.25'])}${pick(['.exr', '.exr', '.EXR', '.png'])}`;
  });
  return [...new Set(names)];
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
