import { faceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { expect, test } from 'vitest';
import { faceFacts } from './face-facts.ts';
import { readLiteral } from './read-literal.ts';
import { NumpyArray } from './values/numpy-array.ts';
import type { PlainValue } from './values/plain-value.ts';

function factsOf(fields: Record<string, PlainValue> | string) {
  const value = typeof fields === 'string' ? readLiteral(fields) : new Map(Object.entries(fields));
  const facts = faceFacts('fcWp', value);
  expect(faceDetails.parse(facts.details)).toEqual(facts.details);
  return facts;
}

function array(shape: readonly number[], numbers: readonly number[]): NumpyArray {
  const grid = new NumpyArray();
  const data = new Uint8Array(Float64Array.from(numbers).buffer);
  grid.fill(shape, { kind: 'f', size: 8, bigEndian: false }, data, false);
  return grid;
}

test('faceFacts drops invalid fields and keeps the rest', () => {
  const { details, pose, sharpness } = factsOf(`{
    'face_type': [], 'source_filename': 7, 'source_filepath': '${'x'.repeat(4001)}', 'source_rect': [1, 2, 3],
    'source_size': (None, 2), 'pose': [nan, 0, 0], 'sharpness': -inf, 'brightness': '12', 'hue': True,
    'landmarks': [[1, 2], [3]], 'pureness': 0.5, 'unknown': {'a': [b'x']}}`);
  expect(details).toEqual({ carrier: 'fcWp', pureness: 0.5 });
  expect([pose, sharpness]).toEqual([null, null]);
});

test('faceFacts reports an empty dict as present', () => {
  expect(factsOf('{}')).toEqual({ details: { carrier: 'fcWp' }, pose: null, sharpness: null });
});

test.each([
  ["'whole_face'", 'whole_face'],
  ['0', 'half_face'],
  ['4', 'whole_face'],
  ['10', 'head'],
  ['77', '77'],
  ["b'head'", 'head'],
  ['0.5', undefined],
  ["''", undefined],
])('faceFacts maps a face type of %s to %s', (written, expected) => {
  expect(factsOf(`{'face_type': ${written}}`).details.face_type).toBe(expected);
});

test.each([
  "{'pose': [1, 2, 3]}",
  "{'pose': (1.0, 2.0, 3.0, 4.0)}",
  "{'pose': {'yaw': 2, 'pitch': 1, 'roll': 3}}",
  "{'pitch_yaw_roll': (1, 2, 3)}",
  "{'pose': None, 'pitch': 1, 'yaw': 2, 'roll': 3}",
])('faceFacts finds the pose in %s', (fields) => {
  expect(factsOf(fields).pose).toEqual([1, 2, 3]);
  expect(factsOf(fields).details.pose_raw).toEqual([1, 2, 3]);
});

test('faceFacts does not mistake a placeholder for “unknown” for a pose', () => {
  for (const pose of ['[-9999, -9999, -9999]', '[1, 2]', '[1, 2, None]', '"1,2,3"', '[1, 2, True]']) {
    expect(factsOf(`{'pose': ${pose}}`).pose).toBeNull();
  }
  expect(factsOf({ pose: array([3], [1, 2, 3]) }).pose).toEqual([1, 2, 3]);
  expect(factsOf({ pose: array([1, 3], [1, 2, 3]) }).pose).toEqual([1, 2, 3]);
});

test('faceFacts reads landmarks in every form that pipelines write', () => {
  const points = [
    [1.1, 2.2],
    [3.3, 4.4],
  ];
  const forms: PlainValue[] = [
    array([2, 2], [1.1, 2.2, 3.3, 4.4]),
    array([1, 2, 2], [1.1, 2.2, 3.3, 4.4]),
    array([2, 3], [1.1, 2.2, 9, 3.3, 4.4, 9]),
    points,
    [points],
    [array([2, 2], [1.1, 2.2, 3.3, 4.4])],
    [1.1, 2.2, 3.3, 4.4],
    [array([2], [1.1, 2.2]), array([2], [3.3, 4.4])],
    [
      [1.06, 2.24, 9],
      [3.349, 4.351, 9],
    ],
  ];
  for (const form of forms) expect(factsOf({ landmarks: form }).details.landmarks).toEqual(points);
  expect(factsOf({ source_landmarks: points }).details).toMatchObject({ landmarks: points, landmarks_in: 'source' });
  expect(factsOf({ source_landmarks: [[0, 0]], landmarks: points }).details).toMatchObject({ landmarks: points });
});

test('faceFacts rejects malformed landmarks, or too many of them', () => {
  const many = Array.from({ length: 1001 }, () => [1, 2]);
  const forms: PlainValue[] = [
    ...[[], [[]], [1, 2, 3], [[1, Number.NaN]], 'text', 5, array([2], [1, 2]), array([1, 4], [1, 2, 3, 4]), many],
    array([0, 2], []),
    array([1501, 2], Array(3002).fill(0)),
    [[[[[1, 2]]]], 1],
  ];
  for (const form of forms) expect(factsOf({ landmarks: form }).details.landmarks).toBeUndefined();
});

test('faceFacts returns only texts and numbers that Postgres accepts', () => {
  const { details, sharpness } = factsOf({ source_filename: 'a\0b\ud800', hue: -0, sharpness: 1e300 });
  expect(details.source_filename).toBe('a\u{FFFD}b\u{FFFD}');
  expect(Object.is(details.hue, 0)).toBe(true);
  expect(sharpness).toBeNull();
  expect(factsOf({ sharpness: 1e-60 }).sharpness).toBe(0);
  expect(factsOf({ sharpness: array([], [2.5]) }).sharpness).toBe(2.5);
});
