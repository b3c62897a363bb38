import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { ffprobe, type ProbedMedia } from './ffprobe.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-ffprobe-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PICTURE = '-f lavfi -i testsrc=s=320x240:r=25:d=1';
const SOUND = '-f lavfi -i sine=d=1:r=48000';

async function probed(name: string, args: string): Promise<ProbedMedia> {
  const file = path.join(folder, name);
  await makeWithFfmpeg(file, args);
  return ffprobe(file, new AbortController().signal);
}

test.each<[name: string, args: string, details: AssetDetails]>([
  [
    'clip.mov',
    `${PICTURE} ${SOUND} -c:v prores_ks -profile:v 3 -pix_fmt yuv422p10le -c:a pcm_s24le -timecode 01:02:03:04`,
    { video: { profile: 'HQ', bit_depth: 10 }, audio: { bit_depth: 24 }, timecode: '01:02:03:04' },
  ],
  [
    'broadcast.mxf',
    `${PICTURE} -vf setsar=4/3 -c:v mpeg2video -flags +ilme+ildct -timecode 10:00:00:00 -metadata reel_name=A001`,
    {
      video: { field_order: 'bb', sample_aspect_ratio: '4:3', variable_frame_rate: false },
      timecode: '10:00:00:00',
      reel: 'A001',
    },
  ],
  [
    'dropped.mp4',
    `${PICTURE.replace('r=25', 'r=30000/1001')} -pix_fmt yuv420p -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -timecode 00:59:59;28 -metadata creation_time=2024-05-01T10:00:00Z -metadata location=+48.1371+011.5754/`,
    {
      video: { color_primaries: 'bt2020', color_transfer: 'smpte2084', color_space: 'bt2020nc' },
      timecode: '00:59:59;28',
      captured_at: '2024-05-01T10:00:00Z',
      place: { latitude: 48.1371, longitude: 11.5754 },
    },
  ],
  [
    'phone.mp4',
    `-f lavfi -i testsrc=s=320x240:r=30:d=2 -vf select='not(between(n,20,50))' -vsync vfr -pix_fmt yuv420p`,
    {
      video: { variable_frame_rate: true },
    },
  ],
  [
    'sound.wav',
    `${SOUND} -c:a pcm_s24le -write_bext 1 -metadata origination_date=2024-05-01 -metadata origination_time=10:11:12`,
    {
      audio: { bit_depth: 24, channel_layout: 'mono', bit_rate: 1152000, streams: 1 },
      captured_at: '2024-05-01T10:11:12',
    },
  ],
])('ffprobe reads the details of %s', async (name, args, details) => {
  expect((await probed(name, args)).details).toMatchObject(details);
});

test.each(['mp4', 'mov', 'mkv', 'avi', 'mxf', 'ts', 'mpg'])(
  'ffprobe reports the exact rate of a constant-rate video in %s',
  async (extension) => {
    const { facts, details } = await probed(
      `rate.${extension}`,
      `${PICTURE.replace('r=25', 'r=24000/1001')} -pix_fmt yuv420p`,
    );
    expect([facts.frame_rate_numerator, facts.frame_rate_denominator]).toEqual([24000, 1001]);
    expect(details.video?.variable_frame_rate).toBe(false);
  },
);

test.each([
  ['the resolution of its times', 'asf', '-c:v msmpeg4v3'],
  ['the default of single pictures', 'png', ''],
])('ffprobe does not treat %s as a frame rate', async (_what, extension, codec) => {
  const { facts } = await probed(`one.${extension}`, `${PICTURE} -frames:v 1 ${codec}`.trim());
  expect([facts.width, facts.frame_rate_numerator, facts.frame_rate_denominator]).toEqual([320, null, null]);
});
