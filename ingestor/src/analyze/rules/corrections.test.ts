import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { applyCorrections, correctionsOf, patternsOf, type RememberedCorrection } from './corrections.ts';
import { folderPattern } from './folder-pattern.ts';
import type { Placement } from './layout.ts';

type File = { relativePath: string; fileType: FileType };
const filesOf = (...paths: string[]): File[] =>
  paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
const placed = (subject: string, more: Partial<Placement> = {}): Placement => ({
  subject,
  camera: 'cam_a',
  assetType: 'raw',
  ...more,
});
const remembered = (
  name: string,
  kind: RememberedCorrection['kind'],
  value: string,
  more: Partial<RememberedCorrection> = {},
): RememberedCorrection => ({
  name,
  kind,
  value,
  projectId: null,
  correctedBy: 'mia',
  correctedAt: new Date('2026-11-20T10:00:00Z'),
  ...more,
});

test.each([
  ['DAY02/JANE_DOE/A_CAM', 'HARBOUR_DAY02', 'day#/jane_doe/a_cam'],
  ['A_CAM', 'HARBOUR_DAY02', './harbour_day#/a_cam'],
  ['', 'HARBOUR_DAY02', './harbour_day#'],
  ['A_CAM', 'DAY02', null],
  ['', 'delivery_01', null],
])('folderPattern(%s) of %s is %s', (folder, delivery, expected) => {
  expect(folderPattern(folder, delivery)).toBe(expected);
});

describe('correctionsOf', () => {
  test('correctionsOf remembers a folder whose files a person reassigned', () => {
    const files = filesOf('DAY02/JD/a.mov', 'DAY02/JD/b.mov', 'DAY02/BOB/a.mov');
    const proposed = files.map(() => placed('shared'));
    const accepted = [placed('JANE_DOE'), placed('JANE_DOE'), placed('shared')];
    expect(correctionsOf(files, proposed, accepted, 'x_01')).toEqual([
      { name: 'day#/jd', kind: 'folder_subject', value: 'JANE_DOE' },
    ]);
  });

  test('correctionsOf ignores a folder in which only some files, or none, were changed', () => {
    const files = filesOf('JD/a.mov', 'JD/b.mov');
    const proposed = files.map(() => placed('shared'));
    expect(correctionsOf(files, proposed, [placed('JANE'), placed('shared')], 'x')).toEqual([]);
    expect(correctionsOf(files, proposed, proposed, 'x')).toEqual([]);
  });

  test('correctionsOf: ignores a pattern whose folders contradict each other', () => {
    const files = filesOf('DAY01/HERO/a.mov', 'DAY02/HERO/a.mov');
    const proposed = files.map(() => placed('HERO'));
    expect(correctionsOf(files, proposed, [placed('JANE'), placed('HERO')], 'x')).toEqual([]);
  });

  test('correctionsOf: keeps cameras and asset types for the folder itself, and no asset type for sound', () => {
    const files = filesOf('JANE/left/a.mov', 'JANE/left/a.wav');
    const proposed = [placed('JANE'), placed('JANE', { assetType: 'audio' })];
    const accepted = [
      placed('JANE', { assetType: 'graded', camera: 'cam_left' }),
      placed('JANE', { assetType: 'audio', camera: 'cam_left' }),
    ];
    expect(correctionsOf(files, proposed, accepted, 'x')).toEqual([
      { name: 'jane/left', kind: 'folder_camera', value: 'cam_left' },
      { name: 'jane/left', kind: 'folder_role', value: 'graded' },
    ]);
  });
});

describe('applyCorrections', () => {
  test('applyCorrections applies to the next day and to new subfolders, and names the person', () => {
    const files = filesOf('DAY03/JD/C_CAM/a.mov', 'DAY03/BOB/a.mov');
    const result = applyCorrections(
      files,
      [placed('shared', { camera: 'cam_c' }), placed('BOB')],
      [remembered('day#/jd', 'folder_subject', 'JANE_DOE')],
      'x_02',
    );
    expect(result.placements).toMatchObject([placed('JANE_DOE', { camera: 'cam_c' }), placed('BOB')]);
    expect(result.placements[0]).toMatchObject({ because: result.evidence[0], confidence: 1 });
    expect(result.evidence).toEqual(['mia said on 20 November 2026 that the subject of DAY03/JD/C_CAM is JANE_DOE.']);
    expect([...result.fixedSubjects]).toEqual([0]);
  });

  test('applyCorrections uses the nearest folder’s correction, and a generic folder’s for that folder only', () => {
    const corrections = [
      remembered('jane', 'folder_subject', 'JANE'),
      remembered('jane/double', 'folder_subject', 'JOAN'),
      remembered('./harbour_day#', 'folder_subject', 'BOB'),
    ];
    const files = filesOf('JANE/DOUBLE/a.mov', 'JANE/a.mov', 'a.mov', 'A_CAM/a.mov');
    const { placements } = applyCorrections(
      files,
      files.map(() => placed('shared')),
      corrections,
      'HARBOUR_DAY03',
    );
    expect(placements.map(({ subject }) => subject)).toEqual(['JOAN', 'JANE', 'BOB', 'shared']);
  });

  test('applyCorrections prefers the correction of the project, then the newer one', () => {
    const files = filesOf('JD/a.mov');
    const at = (day: number) => ({ correctedAt: new Date(2026, 10, day) });
    const subjectBy = (...corrections: RememberedCorrection[]) =>
      applyCorrections(files, [placed('shared')], corrections, 'x').placements[0]?.subject;
    const old = remembered('jd', 'folder_subject', 'OLD', at(1));
    const recent = remembered('jd', 'folder_subject', 'NEW', at(2));
    const own = remembered('jd', 'folder_subject', 'OWN', { ...at(0), projectId: 'p' });
    expect([subjectBy(old, recent), subjectBy(recent, old), subjectBy(recent, own, old)]).toEqual([
      'NEW',
      'NEW',
      'OWN',
    ]);
  });

  test('applyCorrections reproduces the accepted placements when applied to the same delivery', () => {
    const files = filesOf('D1/JD/a.mov', 'D1/JD/x/b.mov', 'A_CAM/c.mov');
    const accepted = [placed('JANE'), placed('JANE'), placed('JANE', { camera: 'cam_b' })];
    const proposed = files.map(() => placed('shared'));
    const corrections = correctionsOf(files, proposed, accepted, 'HARBOUR').map(({ name, kind, value }) =>
      remembered(name, kind, value),
    );
    expect(corrections.every(({ name }) => patternsOf(files, 'HARBOUR').includes(name))).toBe(true);
    expect(applyCorrections(files, proposed, corrections, 'HARBOUR').placements).toMatchObject(accepted);
  });
});
