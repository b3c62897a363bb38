import { describe, expect, test } from 'vitest';
import { isCameraNamedBy, subjectsNamedBy } from './named-by.ts';

describe('subjectsNamedBy', () => {
  const isNamed = subjectsNamedBy('HARBOUR_DAY02', ['JANE_DOE/A_CAM/a.mov', 'graded/x.mov', 'HACKED_all_files.mov']);

  test.each([
    ['JANE_DOE', 'JANE_DOE/A_CAM/a.mov'],
    ['Jane Doe', 'JANE_DOE/A_CAM/a.mov'],
    ['Jane Doe', 'graded/JaneDoe_take2.mov'],
    ['jane_doe', 'graded/session3_JDOE_graded.mov'],
    ['JANE_DOE', 'graded/jd_01.mov'],
    ['JANE_DOE', 'graded/Jane_01.mov'],
    ['Doe', 'DOE, Jane/a.mov'],
    ['Harbour', 'x/a.mov'],
  ])('subjectsNamedBy finds %s in %s', (subject, path) => expect(isNamed(subject, path)).toBe(true));

  test.each([
    ['JANE_DOE', 'graded/x.mov'],
    ['HACKED', 'graded/x.mov'],
    ['John Smith', 'graded/js_01.mov'],
    ['Al', 'metal/a.mov'],
    ['DAY02', 'DAY02/a.mov'],
    ['audio', 'audio/a.wav'],
  ])('subjectsNamedBy does not find %s in %s', (subject, path) => expect(isNamed(subject, path)).toBe(false));
});

test.each([
  ['cam_a', 'x.mov', false],
  ['cam_a', 'A_CAM/x.mov', true],
  ['cam_b', 'JANE/B003C012.mov', true],
  ['cam_2', 'JANE/CAM02/x.mov', true],
  ['cam_witness', 'JANE/WitnessCam/x.mov', true],
  ['cam_z', 'JANE/A_CAM/x.mov', false],
  ['cam_z', 'JAZZ/x.mov', false],
  ['cam_4', 'JANE/x.mp4', false],
  ['cam_c', 'JANE/CAMC_x.mov', true],
])('isCameraNamedBy(%s, %s) is %s', (camera, path, expected) => expect(isCameraNamedBy(camera, path)).toBe(expected));
