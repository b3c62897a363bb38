import { expect, test } from 'vitest';
import { parseFfprobe } from './ffprobe.ts';
import { isPlayable } from './playable.ts';

const video = {
  codec_type: 'video',
  codec_name: 'h264',
  pix_fmt: 'yuv420p',
  width: 1280,
  height: 720,
  avg_frame_rate: '24000/1001',
};
const audio = { codec_type: 'audio', codec_name: 'aac', channels: 2, sample_rate: '48000' };
const format = { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '12.5' };

test('parseFfprobe keeps the rate a fraction, and what is not known null', () => {
  expect(parseFfprobe({ streams: [{ ...video, avg_frame_rate: '0/0' }], format: {} }).facts).toMatchObject({
    frame_rate_numerator: null,
    duration_seconds: null,
    audio_channels: null,
  });
  expect(parseFfprobe({ streams: [video, audio], format }).facts).toMatchObject({
    frame_rate_numerator: 24000,
    frame_rate_denominator: 1001,
    duration_seconds: 12.5,
    sample_rate: 48000,
  });
});

test('parseFfprobe turns the size of a rotated video, and takes no cover picture for video', () => {
  const turned = parseFfprobe({ streams: [{ ...video, side_data_list: [{ rotation: -90 }] }], format });
  expect([turned.facts.width, turned.facts.height]).toEqual([720, 1280]);
  expect(parseFfprobe({ streams: [audio, { ...video, disposition: { attached_pic: 1 } }], format }).hasVideo).toBe(
    false,
  );
});

test.each([
  ['a.mp4', {}, true],
  ['a.mkv', {}, false],
  ['a.mp4', { codec_name: 'hevc' }, false],
  ['a.mp4', { pix_fmt: 'yuv422p10le' }, false],
  ['a.mp4', { height: 1080 }, false],
])('isPlayable: %s with %j is %s', (name, change, expected) => {
  expect(isPlayable(name, parseFfprobe({ streams: [{ ...video, ...change }, audio], format }))).toBe(expected);
});
