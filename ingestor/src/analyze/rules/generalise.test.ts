import { expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { generalise } from './generalise.ts';
import type { Placement } from './layout.ts';

type Change = readonly [path: string, before: Partial<Placement>, after: Partial<Placement>];
const placed = (one: Partial<Placement>): Placement => ({ subject: 'shared', camera: null, assetType: 'raw', ...one });
const found = (...changes: Change[]) =>
  generalise(
    changes.map(([relativePath]) => ({ relativePath, fileType: fileTypeOf(relativePath) })),
    changes.map(([, before]) => placed(before)),
    changes.map(([, , after]) => placed(after)),
  ).map(({ kind, name, value }) => [kind, name, value]);
const jane = { subject: 'Jane Doe' };

test('generalise finds the innermost name that all changed files of a person have', () => {
  expect(
    found(
      ['HARBOUR/DAY02/JD/a.mov', {}, jane],
      ['HARBOUR/DAY02/JD/b.mov', {}, jane],
      ['HARBOUR/DAY02/zib/a.mov', {}, {}],
    ),
  ).toEqual([['person', 'JD', 'Jane Doe']]);
});

test('generalise finds a word in the names of files, and none that another file contradicts', () => {
  expect(found(['DAY02/JD_one.mov', {}, jane], ['DAY02/JD_two.mov', {}, jane], ['DAY02/x.mov', {}, {}])).toEqual([
    ['person', 'JD', 'Jane Doe'],
  ]);
  expect(found(['JD/a.mov', {}, jane], ['JD/b.mov', {}, {}])).toEqual([]);
});

test('generalise finds that a name is no person', () => {
  const royal = { subject: 'ROYAL' };
  expect(found(['ROYAL/a.mov', royal, {}], ['ROYAL/b.mov', royal, {}])).toEqual([['generic', 'ROYAL', null]]);
});

test('generalise finds cameras and asset types, but takes no day for one', () => {
  expect(
    found(
      ['DAY01/KARL/a.mov', {}, { camera: 'cam_b' }],
      ['DAY01/SELECTS/b.mov', {}, { assetType: 'graded' }],
      ['DAY02/tight/c.mov', {}, { camera: 'cam_c' }],
      ['DAY02/sound.wav', { assetType: 'audio' }, { assetType: 'audio' }],
    ),
  ).toEqual([
    ['camera', 'KARL', 'cam_b'],
    ['role', 'SELECTS', 'graded'],
    ['camera', 'tight', 'cam_c'],
  ]);
});

test('generalise finds the depth of people instead of each of them', () => {
  expect(
    found(
      ['DAY01/zib/a.mov', {}, { subject: 'zib' }],
      ['DAY02/quor/b.mov', {}, { subject: 'quor' }],
      ['DAY02/A_CAM/c.mov', {}, {}],
    ),
  ).toEqual([['people_depth', '2', null]]);
});
