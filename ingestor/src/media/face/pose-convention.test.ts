import { faceTakes } from '@ingesthub/fixtures/face-takes.ts';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { expect, test } from 'vitest';
import { addEvidence, NO_POSES, poseColumns, poseEvidence, poseVerdict } from './pose-convention.ts';
import type { RawPose } from './raw-pose.ts';

const inRadians = ([pitch, yaw, roll]: RawPose): RawPose => {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  return [radians(pitch), radians(yaw), radians(roll)];
};
/** Poses of the demo: people who talk to the camera, look aside and turn. */
const DEGREES = faceTakes(7, 20).flatMap(({ frames }) =>
  frames.map(({ pose }): RawPose => [pose.pitch, pose.yaw, pose.roll]),
);
const RADIANS = DEGREES.map(inRadians);
const conventionOf = (poses: readonly RawPose[]) => poseVerdict(poseEvidence(poses)).convention;

test('poseVerdict distinguishes degrees from radians, for a whole delivery and for each take', () => {
  expect([conventionOf(DEGREES), conventionOf(RADIANS)]).toEqual(['degrees', 'radians']);
  for (let take = 0; take < 7; take++) {
    const frames = [take * 20, take * 20 + 20] as const;
    expect(conventionOf(DEGREES.slice(...frames)), `take ${take}`).toBe('degrees');
    expect(conventionOf(RADIANS.slice(...frames)), `take ${take}`).toBe('radians');
  }
});

test('poseVerdict recognises degrees from one pose, and needs more poses for radians', () => {
  expect(conventionOf([[0, 45, 0]])).toBe('degrees');
  expect(conventionOf([[0, 0, -3.2]])).toBe('degrees');
  expect(conventionOf(RADIANS.slice(0, 11))).toBeNull();
  expect(conventionOf(RADIANS.slice(0, 12))).toBe('radians');
  expect(conventionOf([])).toBeNull();
});

test('poseVerdict does not guess when the person hardly moves, or when all faces are turned away', () => {
  const still = Array.from({ length: 500 }, (): RawPose => [0.01, -0.02, 0]);
  const flipped = RADIANS.map(([pitch, yaw, roll]): RawPose => [Math.PI - Math.abs(pitch), yaw, roll]);
  expect([conventionOf(still), conventionOf(flipped)]).toEqual([null, null]);
  expect(conventionOf(Array.from({ length: 500 }, (): RawPose => [0, 0, 0]))).toBeNull();
});

test('poseVerdict reads a roll of half a turn as an upside-down picture', () => {
  expect(conventionOf(RADIANS.map(([pitch, yaw]): RawPose => [pitch, yaw, Math.fround(-Math.PI)]))).toBe('radians');
});

test('poseVerdict is stable against a few wrong poses', () => {
  const mistake: RawPose = [0, 57, 0];
  expect(conventionOf([...RADIANS, mistake])).toBe('radians');
  const evidence = { poses: 1000, beyond: 15, away: 0, largest: 60 };
  expect(poseVerdict(evidence, 'radians').convention).toBe('radians');
  expect(poseVerdict(evidence, 'degrees').convention).toBe('degrees');
  expect(poseVerdict({ ...evidence, beyond: 20 }, 'radians').convention).toBe('degrees');
  expect(poseVerdict({ ...evidence, beyond: 9 }, 'degrees').convention).toBe('radians');
});

test('poseVerdict explains its verdict', () => {
  expect(poseVerdict(poseEvidence([[0, 45, 0]])).because).toBe('1 of 1 poses have angles beyond π.');
});

test('addEvidence gives the same result for any order and any split', () => {
  const random = seededRandom(5);
  const poses = [...DEGREES, ...RADIANS];
  const whole = poseEvidence(poses);
  for (let round = 0; round < 20; round++) {
    const shuffled = poses.toSorted(() => random.next() - 0.5);
    let sum = NO_POSES;
    for (let at = 0; at < shuffled.length; ) {
      const end = at + random.whole(1, 32);
      sum = addEvidence(poseEvidence(shuffled.slice(at, end)), sum);
      at = end;
    }
    expect(sum).toEqual(whole);
  }
});

test('poseColumns returns degrees from -180 to 180, or null', () => {
  const unknown = { pitch: null, yaw: null, roll: null };
  expect(poseColumns([-10, 20, 270], 'degrees')).toEqual({ pitch: -10, yaw: 20, roll: -90 });
  expect(poseColumns([Math.PI / 6, -Math.PI / 2, -0], 'radians')).toEqual({ pitch: 30, yaw: -90, roll: 0 });
  expect(poseColumns([180, -180, 359], 'degrees')).toEqual({ pitch: 180, yaw: -180, roll: -1 });
  expect(poseColumns([0, 57, 0], 'radians')).toEqual(unknown);
  expect(poseColumns([0, 57, 0], null)).toEqual(unknown);
  expect(poseColumns(null, 'degrees')).toEqual(unknown);
});
