import { expect, test } from 'vitest';
import { clipIn, clipKey } from './clip-names.ts';

test.each([
  ['A001C003_240131_R1AB', 'reel', 'a', 'a1c3', 'clip'],
  ['A003_C001_1104AB_001', 'reel', 'a', 'a3c1', 'clip'],
  ['JANE_B002C011_graded_rec709', 'reel', 'b', 'b2c11', 'clip'],
  ['A001_01311015_C003', 'reel', 'a', 'a1c3', 'clip'],
  ['A_0001C003_240131_101520_a1ABC', 'reel', 'a', 'a1c3', 'clip'],
  ['A003_1104XY.RDM', 'reel', 'a', 'a003_1104xy', 'card'],
  ['A001R2EC', 'reel', 'a', 'a001r2ec', 'card'],
  ['A001', 'reel', 'a', 'a001', 'reel'],
  ['C0001M01', 'sony', null, 'c0001', 'clip'],
  ['MVI_0042', 'canon', null, 'mvi_0042', 'clip'],
  ['IMG_0042', 'canon', null, 'img_0042', 'clip'],
  ['GX010123', 'gopro', null, 'gx010123', 'clip'],
  ['DJI_0001', 'dji', null, 'dji_0001', 'clip'],
  ['PXL_20240131_101520123', 'pixel', null, 'pxl_20240131_101520123', 'clip'],
  ['0012KQ', 'panasonic', null, '0012kq', 'clip'],
  ['ZOOM0001_LR', 'recorder', null, 'zoom0001', 'clip'],
])('clipIn(%s) is a clip or reel of %s', (name, device, letter, clip, names) => {
  const found = clipIn(name);
  expect(found).toMatchObject({ device, letter, names });
  expect(found && clipKey(found, name)).toBe(clip);
});

test.each([
  ['a take', 'T003'],
  ['a scene', 'S001_T02'],
  ['a date', '20240131_interview'],
  ['a shot', 'sh010_0100'],
  ['a codec', 'H264'],
  ['no digits', 'JANE_DOE'],
])('clipIn finds nothing in the name of %s', (_, name) => expect(clipIn(name)).toBeNull());
