import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import type { Placement } from '../rules/layout.ts';
import { postCheck } from './post-checks.ts';

function check(
  paths: readonly (readonly [path: string, subject: string])[],
  fixed: readonly number[] = [],
  isChanged = (_: number) => true,
) {
  const files = paths.map(([relativePath]) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  const placements = paths.map(([, subject]): Placement => ({ subject, camera: 'cam_a', assetType: 'raw' }));
  const checked = postCheck(files, placements, { isFixed: (index) => fixed.includes(index), isChanged });
  return { subjects: checked.placements.map(({ subject }) => subject), evidence: checked.evidence };
}

describe('postCheck: by folder', () => {
  const jane = ['a', 'b', 'c'].map((name) => [`DAY01/JANE/${name}.mov`, 'JANE'] as const);
  const bob = ['d', 'e'].map((name) => [`DAY01/BOB/A_CAM/${name}.mov`, 'JANE'] as const);

  test('postCheck assigns subjects by folder when nearly all files have one person but folders name two', () => {
    const { subjects, evidence } = check([...jane, ...bob, ['DAY01/x.mov', 'JANE']]);
    expect(subjects).toEqual(['JANE', 'JANE', 'JANE', 'BOB', 'BOB', 'JANE']);
    expect(evidence).toHaveLength(1);
  });

  test('postCheck keeps a share of exactly 80 %', () => {
    const { subjects } = check([...jane, ['DAY01/BOB/d.mov', 'JANE'], ['DAY01/BOB/e.mov', 'BOB']]);
    expect(subjects).toEqual(['JANE', 'JANE', 'JANE', 'JANE', 'BOB']);
  });

  test('postCheck ignores generic folders and folders of one file', () => {
    expect(check([...jane, ['DAY01/BOB/d.mov', 'JANE']]).subjects).not.toContain('BOB');
    const generic = ['A_CAM/a', 'A_CAM/b', 'DAY02/a', 'DAY02/b', 'audio/a', 'audio/b'];
    expect(new Set(check(generic.map((path) => [`${path}.mov`, 'JANE'])).subjects)).toEqual(new Set(['JANE']));
  });

  test('postCheck keeps a person’s subfolders with that person', () => {
    const paths = ['kitchen/a', 'kitchen/b', 'garden/a', 'garden/b'];
    const { subjects } = check(paths.map((path) => [`JANE_DOE/${path}.mov`, 'Jane Doe']));
    expect(new Set(subjects)).toEqual(new Set(['Jane Doe']));
  });

  test('postCheck compares the folders below those that all files share', () => {
    const { subjects } = check(['JANE/a', 'JANE/b', 'BOB/a', 'BOB/b'].map((path) => [`HARBOUR/${path}.mov`, 'shared']));
    expect(subjects).toEqual(['JANE', 'JANE', 'BOB', 'BOB']);
  });

  test('postCheck keeps subjects that no model changed', () => {
    const { subjects } = check([...jane, ...bob], [], (index) => index === 4);
    expect(subjects).toEqual(['JANE', 'JANE', 'JANE', 'JANE', 'BOB']);
  });

  test('postCheck keeps subjects that a person set', () => {
    expect(check([...jane, ...bob], [3]).subjects).toEqual(['JANE', 'JANE', 'JANE', 'JANE', 'BOB']);
  });
});

describe('postCheck: versions of a recording', () => {
  test('postCheck gives a shared file the person of the same recording', () => {
    const { subjects, evidence } = check([
      ['x/take_01.mov', 'JANE'],
      ['y/take_01_graded_lut.mov', 'shared'],
      ['y/take_01_rec709_proxy.mp4', 'shared'],
      ['y/take_02_graded.mov', 'shared'],
    ]);
    expect(subjects).toEqual(['JANE', 'JANE', 'JANE', 'shared']);
    expect(evidence).toContain(
      'Subject JANE for y/take_01_graded_lut.mov, from another version of the same recording.',
    );
  });

  test('postCheck ignores documents and recordings of two people', () => {
    const { subjects } = check([
      ['a/take.mov', 'JANE'],
      ['b/take.mov', 'BOB'],
      ['c/take_graded.mov', 'shared'],
      ['a/report.txt', 'JANE'],
      ['c/report.txt', 'shared'],
    ]);
    expect(subjects).toEqual(['JANE', 'BOB', 'shared', 'JANE', 'shared']);
  });
});

test('postCheck uses a person’s most readable spelling', () => {
  const { subjects } = check([
    ['a.mov', 'JANE_DOE'],
    ['b.mov', 'JANE_DOE'],
    ['c.mov', 'Jane Doe'],
    ['d.mov', 'BOB'],
  ]);
  expect(subjects).toEqual(['Jane Doe', 'Jane Doe', 'Jane Doe', 'BOB']);
});
