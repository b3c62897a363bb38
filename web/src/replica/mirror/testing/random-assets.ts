/** For tests: random assets whose values are often equal, unknown or at a limit. */
import { pickFrom, type Random } from '../../testing/seeded.ts';
import type { PlainAsset } from './plain-answer.ts';

/** Names that differ in case, accents, separators, scripts and length, and share beginnings. */
export const names = [
  'plate.0001.exr',
  'Plate_0001.EXR',
  'jane_doe_aligned_000001_0.png',
  'jane_doe_aligned_000002_0.png',
  'Jane-Doe 3.png',
  'Zoë Müller.mov',
  'zoe mueller.mov',
  '佐藤健一_A001.mov',
  'a',
  'a*b.png',
  '50%_off.png',
  'ÅNGSTRÖM.wav',
  'I.İ.ı.txt',
];

export const paths = ['', 'Plates', 'Plates/sh010', 'plates_b/Sh010', 'Zoë', 'カメラA/day 1'];

export function anyAsset(random: Random, id: string, packageId: string, subject: string | null): PlainAsset {
  const folder = Math.floor(random() * paths.length);
  const maybe = (value: number) => (random() < 0.3 ? null : value);
  const angle = () => maybe(Math.fround(pickFrom(random, [-180, -90, -45.5, -0, 0, 9.99, 10, 33.3, 90, 180])));
  return {
    id,
    package_id: packageId,
    folder,
    path: paths[folder] as string,
    file_type: pickFrom(random, ['image', 'video', 'sequence']),
    asset_type: pickFrom(random, ['plate', 'aligned']),
    subject_id: subject,
    camera: pickFrom(random, ['cam_a', 'cam_b', null]),
    review_status: pickFrom(random, ['unreviewed', 'approved', 'rejected', 'flagged']),
    name: pickFrom(random, names),
    size_bytes: pickFrom(random, [0, 1, 5, 4096, 2 ** 40]),
    modified_at: 1.7e12 + Math.floor(random() * 5) * 9e7,
    duration_seconds: maybe(pickFrom(random, [0, 0.04, 12.5])),
    first_frame: maybe(pickFrom(random, [0, 1001, -5])),
    last_frame: maybe(1100),
    yaw: angle(),
    pitch: angle(),
    roll: angle(),
    sharpness: maybe(Math.fround(random() * 100)),
    picked_up: random() < 0.5,
    missing: random() < 0.2,
    problem: random() < 0.2,
    sidecar: random() < 0.2,
    gaps: random() < 0.2,
    tags: tagNames.filter(() => random() < 0.3),
  };
}

export const tagNames = ['hero', 'flagged', 'Zoë', 'a b'];
