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

const details = (...streams: object[]) => parseFfprobe({ streams, format }).details;
const tagged = (tags: Record<string, string>) =>
  parseFfprobe({ streams: [video], format: { ...format, tags } }).details;

test('parseFfprobe keeps the rate as a fraction and unknown values as null', () => {
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

test('parseFfprobe swaps the sides of a rotated video, and does not treat a cover picture as video', () => {
  const turned = parseFfprobe({ streams: [{ ...video, side_data_list: [{ rotation: -90 }] }], format });
  expect([turned.facts.width, turned.facts.height]).toEqual([720, 1280]);
  expect(parseFfprobe({ streams: [audio, { ...video, disposition: { attached_pic: 1 } }], format }).hasVideo).toBe(
    false,
  );
});

test.each([
  [{ side_data_list: [{ side_data_type: 'CPB properties' }, { rotation: -90 }] }, 90],
  [{ side_data_list: [{ rotation: 90 }] }, 270],
  [{ side_data_list: [{ rotation: -180 }] }, 180],
  [{ tags: { rotate: '90' } }, 90],
  [{ tags: { rotate: 'sideways' } }, undefined],
  [{ side_data_list: [{ rotation: 0 }] }, undefined],
  [{ side_data_list: [{ rotation: 12.5 }] }, undefined],
])('parseFfprobe reads a rotation of %j as %s degrees clockwise', (change, degrees) =>
  expect(details({ ...video, ...change }).video?.rotation).toBe(degrees),
);

test('parseFfprobe reads a ProRes file as a camera writes it', () => {
  const report = {
    streams: [
      {
        ...{ codec_name: 'prores', profile: 'HQ', codec_type: 'video', width: 1920, height: 1080 },
        ...{ sample_aspect_ratio: '1:1', pix_fmt: 'yuv422p10le', field_order: 'tt', color_range: 'tv' },
        ...{ color_space: 'bt709', color_transfer: 'bt709', color_primaries: 'reserved' },
        ...{ r_frame_rate: '25/1', avg_frame_rate: '25/1', bit_rate: '5373936', bits_per_raw_sample: '10' },
        tags: { handler_name: 'VideoHandler', vendor_id: 'FFMP', timecode: '01:02:03:04' },
      },
      { ...audio, codec_name: 'pcm_s24le', bits_per_sample: 24, bit_rate: '1152000', channel_layout: 'stereo' },
      { ...audio, codec_name: 'pcm_s24le', bits_per_sample: 24 },
      { codec_type: 'data', tags: { handler_name: 'TimeCodeHandler', timecode: '01:02:03:04', reel_name: 'A001C002' } },
    ],
    format: { ...format, tags: { creation_time: '2024-05-01T10:00:00.000000Z', 'com.apple.quicktime.make': 'ARRI' } },
  };
  expect(parseFfprobe(report).details).toEqual({
    video: {
      profile: 'HQ',
      pixel_format: 'yuv422p10le',
      bit_depth: 10,
      field_order: 'tt',
      color_space: 'bt709',
      color_transfer: 'bt709',
      color_range: 'tv',
      bit_rate: 5373936,
      variable_frame_rate: false,
      streams: 1,
    },
    audio: { channel_layout: 'stereo', bit_depth: 24, bit_rate: 1152000, streams: 2 },
    camera: { make: 'ARRI' },
    timecode: '01:02:03:04',
    reel: 'A001C002',
    captured_at: '2024-05-01T10:00:00Z',
  });
});

test.each([
  ['yuv420p', 8],
  ['yuvj420p', 8],
  ['yuva444p16le', 16],
  ['p010le', 10],
  ['rgb48be', 16],
  ['rgba64le', 16],
  ['gbrp12le', 12],
  ['gbrpf32le', 32],
  ['pal8', undefined],
  ['rgb565le', undefined],
])('parseFfprobe gives a component of %s %s bits', (pix_fmt, bits) =>
  expect(details({ ...video, pix_fmt }).video?.bit_depth).toBe(bits),
);

test.each([
  ['25/1', '25/1', false],
  ['25/1', '50/1', false],
  ['2997/100', '30/1', false],
  ['89/4', '30/1', true],
  ['30000/1001', '90000/1', true],
  ['0/0', '90000/1', undefined],
])(
  'parseFfprobe reports a mean rate of %s on a clock of %s as variable: %s',
  (avg_frame_rate, r_frame_rate, expected) =>
    expect(details({ ...video, avg_frame_rate, r_frame_rate }).video?.variable_frame_rate).toBe(expected),
);

test.each([
  [{ timecode: '10:00:00;12' }, { timecode: '10:00:00;12' }],
  [{ timecode: '<script>' }, {}],
  [{ 'com.arri.camera.ReelName': 'B012' }, { reel: 'B012' }],
  [{ reel_umid: '0x06', TAPE: ' T7 ' }, { reel: 'T7' }],
  [{ creation_time: '1904-01-01T00:00:00.000000Z' }, {}],
  [{ creation_time: '10:11:12', date: '2024-05-01' }, { captured_at: '2024-05-01T10:11:12' }],
  [
    { 'com.apple.quicktime.creationdate': '2024-05-01T12:00:00+0200', creation_time: '2024-05-01T10:00:00Z' },
    { captured_at: '2024-05-01T12:00:00+02:00' },
  ],
  [
    { 'com.apple.quicktime.location.ISO6709': '+37.3318-122.0312+010.000/' },
    { place: { latitude: 37.3318, longitude: -122.0312, altitude: 10 } },
  ],
  [{ location: '+99.0000+010.0000/' }, {}],
  [
    { title: 'Take 3\u0000\u0007', copyright: 'x'.repeat(9000) },
    { description: { title: 'Take 3', rights: 'x'.repeat(4000) } },
  ],
])('parseFfprobe reads the tags %j', (tags, expected) => {
  const { video: _, ...rest } = tagged(tags as Record<string, string>);
  expect(rest).toEqual(expected);
});

test.each([
  [null],
  ['text'],
  [{ streams: 'none', format: 7 }],
  [{ streams: [null, 3, 'x'], format: null }],
  [{ streams: [{ codec_type: 9, width: {}, tags: ['a'], side_data_list: 'x', disposition: null }] }],
])('parseFfprobe turns %j into a file with no known facts', (json) => {
  const media = parseFfprobe(json);
  expect(media).toMatchObject({ hasVideo: false, hasAudio: false, details: {}, container: '' });
  expect(Object.values(media.facts).every((value) => value === null)).toBe(true);
});

test('parseFfprobe drops impossible values one by one', () => {
  const hostile = { ...video, width: '99999999999', duration: '-3', bit_rate: 'NaN', sample_aspect_ratio: '0:1' };
  const media = parseFfprobe({ streams: [hostile], format: { format_name: 'avi', duration: 'inf' } });
  expect(media.facts).toMatchObject({ width: null, height: 720, duration_seconds: null });
  expect(media.details.video).toEqual({ pixel_format: 'yuv420p', bit_depth: 8, streams: 1 });
});

test.each([
  ['a.mp4', {}, true],
  ['a.mkv', {}, false],
  ['a.mp4', { codec_name: 'hevc' }, false],
  ['a.mp4', { pix_fmt: 'yuv422p10le' }, false],
  ['a.mp4', { height: 1080 }, false],
  ['a.mp4', { field_order: 'tt' }, false],
  ['a.mp4', { color_transfer: 'smpte2084' }, false],
])('isPlayable of %s with %j is %s', (name, change, expected) => {
  expect(isPlayable(name, parseFfprobe({ streams: [{ ...video, ...change }, audio], format }))).toBe(expected);
});
