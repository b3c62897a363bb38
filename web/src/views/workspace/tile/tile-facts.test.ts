import { expect, test } from 'vitest';
import { formatPose, frameRange, spokenFacts, tileMeasure } from './tile-facts.ts';

const face = {
  size_bytes: 41_400,
  modified_at: new Date('2026-11-09T22:14'),
  duration_seconds: null,
  sharpness: 312.4,
  yaw: -29.4,
  pitch: 12.2,
};
const clip = { ...face, duration_seconds: 48, yaw: null, pitch: null };

test('tileMeasure: follows the sort', () => {
  expect(tileMeasure('pose', face)).toBe('−29° +12°');
  expect(tileMeasure('sharpness', face)).toBe('312');
  expect(tileMeasure('size', face)).toBe('41.4 kB');
  expect(tileMeasure('date', face)).toBe('9 Nov 2026');
  expect(tileMeasure('duration', clip)).toBe('0:48');
  expect(tileMeasure('name', face)).toBe('−29° +12°');
  expect(tileMeasure('name', clip)).toBe('41.4 kB');
});

test('tileMeasure: what is unknown is a dash, never 0', () => {
  expect(tileMeasure('pose', clip)).toBe('–');
  expect(tileMeasure('duration', face)).toBe('–');
});

test('formatPose: zero has no sign', () => {
  expect(formatPose(0.3, -0.3)).toBe('0° 0°');
});

test('frameRange: names the range of a sequence, and counts its gaps', () => {
  const sequence = { file_type: 'sequence', first_frame: 1001, last_frame: 1096, missing_frames: null } as const;
  expect(frameRange(sequence)).toBe('1001–1096');
  expect(frameRange({ ...sequence, missing_frames: '1003,1010-1014' })).toBe('1001–1096, 2 gaps');
  expect(frameRange({ ...sequence, last_frame: 1001 })).toBe('1001');
  expect(frameRange({ ...sequence, last_frame: null })).toBeNull();
  expect(frameRange({ ...sequence, file_type: 'video', missing_frames: '2' })).toBe('Part 2 missing');
});

test('spokenFacts: says the states that are drawn, and the tags', () => {
  const frames = { file_type: 'image', first_frame: null, last_frame: null, missing_frames: null } as const;
  const state = { picked_up_at: new Date(), missing_since: null, problem: null, review_status: 'approved' } as const;
  const asset = { ...frames, ...state, package_name: null, tags: ['hero'] };
  expect(spokenFacts(asset)).toBe('Approved, In work, hero');
  expect(spokenFacts({ ...asset, tags: [], review_status: 'unreviewed', picked_up_at: null })).toBe('');
});
