import { expect, test } from 'vitest';
import { groupFiles } from '../../scan/names/group-files.ts';
import { brokenCards } from './broken-cards.ts';
import type { ListedAsset } from './listing.ts';

function faults(...paths: string[]): string[] {
  const { clips, singles } = groupFiles(paths.map((relativePath) => ({ relativePath })));
  return brokenCards([
    ...singles.map(({ relativePath }): ListedAsset => ({ relativePath, fileType: 'other', size: 1, sequence: null })),
    ...clips.map(
      ({ relativePath, first, padding, missing, files }): ListedAsset => ({
        ...{ relativePath, fileType: 'video', size: 1 },
        sequence: { first, padding, missing, count: files.length },
      }),
    ),
  ]);
}

test('brokenCards says nothing about whole cards and other files', () => {
  expect(
    faults(
      ...['A1.RDM/A1_C1.RDC/A1_C1_001.R3D', 'A1.RDM/A1_C1.RDC/A1_C1_002.R3D', 'notes.txt'],
      ...['CONTENTS/VIDEO/0012KQ.MXF', 'CONTENTS/AUDIO/0012KQ00.MXF', 'CONTENTS/CLIP/0012KQ.XML'],
      ...['x/BDMV/STREAM/00000.MTS', 'x/BDMV/CLIPINF/00000.CPI', 'M4ROOT/CLIP/C0001.MP4', 'M4ROOT/CLIP/C0001M01.XML'],
      ...['y/CONTENTS/CLIPS001/A.MXF', 'y/CONTENTS/CLIPS001/A.XML', 'y/CONTENTS/CLIPS001/INDEX.MIF'],
    ),
  ).toEqual([]);
});

test('brokenCards tells the missing parts of a clip', () => {
  expect(faults('A1_C1_001.R3D', 'A1_C1_003.R3D', 'd/A1_C2_004.R3D')).toEqual([
    'The clip A1_C1 is not whole: part 2 is missing.',
    'The clip A1_C2 is not whole: parts 1-3 are missing.',
  ]);
});

test('brokenCards tells clips without index and index entries without clip, card by card', () => {
  expect(
    faults(
      ...['day1/CONTENTS/VIDEO/0001AB.MXF', 'day1/CONTENTS/VIDEO/0002CD.MXF', 'day1/CONTENTS/CLIP/0001AB.XML'],
      ...['day2/CONTENTS/CLIP/0003EF.XML', 'day2/CONTENTS/CLIP/0001AB.XML', 'day2/CONTENTS/VIDEO/0001AB.MXF'],
      'day2/CONTENTS/AUDIO/0004GH00.MXF',
    ),
  ).toEqual([
    'The card in day1/ has no index entry for 0002CD.',
    'The card in day2/ lists 0003EF, but the clip itself is not there.',
    'The card in day2/ has sound for 0004GH, but no picture.',
  ]);
  expect(faults('XDROOT/Clip/C0001.MXF', 'XDROOT/Clip/C0002.MXF')).toEqual(['The card has no index of its clips.']);
});

test('brokenCards stays short however many faults there are', () => {
  const names = Array.from({ length: 500 }, (_, index) => `c${index}/CONTENTS/CLIP/0001AB.XML`);
  expect(faults(...names)).toHaveLength(6);
  expect(faults(...names).at(-1)).toBe('495 more faults of cards were found.');
  const entries = Array.from({ length: 9 }, (_, index) => `BDMV/CLIPINF/0000${index}.CPI`);
  expect(faults(...entries)).toEqual([
    'The card lists 00000, 00001, 00002 and 6 more, but the clip itself is not there.',
  ]);
});
