import { expect, test } from 'vitest';
import { type FaceSourceRow, sourceNames } from '../../../../queries/face-source.ts';
import { findSource } from './find-source.ts';

const row: FaceSourceRow = {
  id: '1',
  package_id: 'p',
  name: '00087.png',
  file_type: 'image',
  width: 1920,
  height: 1080,
  first_frame: null,
  last_frame: null,
  missing_frames: null,
  missing_since: null,
  problem: null,
  duration_seconds: null,
  thumbnail_status: 'ready',
  thumbnail_version: 1,
  proxy_status: 'none',
  proxy_version: null,
  package_name: 'delivery_03',
  source_path: '/mnt/d3',
  relative_path: 'plate/00087.png',
  frame_rate_numerator: null,
  frame_rate_denominator: null,
};

function find(
  rows: readonly FaceSourceRow[],
  face: Parameters<typeof sourceNames>[0] & { carrier: 'fcWp' | 'faceswap' },
) {
  const names = sourceNames(face);
  if (names === null) throw new Error('no name');
  return findSource(rows, names, face, 'crop');
}

test('sourceNames: knows no source without a name', () => {
  expect(sourceNames({})).toBeNull();
  expect(sourceNames({ source_filepath: 'D:\\clips\\a.mov' })?.file).toBe('a.mov');
});

test('findSource: finds the picture of the same name, and not the crop itself', () => {
  expect(find([row, { ...row, id: 'crop' }], { carrier: 'fcWp', source_filename: '00087.png' })).toEqual({
    is: 'found',
    source: { asset: row, seconds: null, frame: null },
  });
});

test('findSource: finds the frame of a sequence, at its time in the proxy', () => {
  const sequence: FaceSourceRow = {
    ...row,
    name: 'sh.####.exr',
    file_type: 'sequence',
    first_frame: 1001,
    last_frame: 1096,
    frame_rate_numerator: 24,
    frame_rate_denominator: 1,
  };
  const answer = find([sequence], { carrier: 'fcWp', source_filename: 'sh.1025.exr' });
  expect(answer).toMatchObject({ is: 'found', source: { frame: 1025, seconds: 1 } });
  expect(find([sequence], { carrier: 'fcWp', source_filename: 'sh.2000.exr' })).toEqual({ is: 'absent' });
});

test('findSource: finds a clip by the names that faceswap gives its frames, which count from 1', () => {
  const clip: FaceSourceRow = {
    ...row,
    name: 'take.mp4',
    file_type: 'video',
    frame_rate_numerator: 25,
    frame_rate_denominator: 1,
  };
  expect(find([clip], { carrier: 'faceswap', source_filename: 'take_000026.png' })).toMatchObject({
    is: 'found',
    source: { frame: 26, seconds: 1.02 },
  });
  expect(find([clip], { carrier: 'fcWp', source_filename: 'take_000026.png' })).toEqual({ is: 'absent' });
});

test('findSource: gives a clip that is named itself, without a frame', () => {
  const clip: FaceSourceRow = { ...row, name: 'A001.mov', file_type: 'video' };
  expect(find([clip], { carrier: 'fcWp', source_filename: 'A001.mov' })).toMatchObject({
    is: 'found',
    source: { frame: null, seconds: null },
  });
});

test('findSource: names several instead of guessing, unless the recorded path tells', () => {
  const other = { ...row, id: '2', source_path: '/mnt/d4' };
  expect(find([row, other], { carrier: 'fcWp', source_filename: '00087.png' })).toEqual({
    is: 'several',
    sources: [row, other],
  });
  expect(
    find([row, other], { carrier: 'fcWp', source_filename: '00087.png', source_filepath: '/mnt/d4/plate/00087.png' }),
  ).toMatchObject({
    is: 'found',
    source: { asset: { id: '2' } },
  });
});
