import { expect, test } from 'vitest';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { videoFactsOf } from './video-facts.ts';

const facts = { ...UNKNOWN_FACTS, codec: 'h264', width: 1440, height: 1080, duration_seconds: 10 };

function pictureOf(video: object, size: object = {}) {
  return videoFactsOf({ facts: { ...facts, ...size }, details: { video } }).picture;
}

test.each([
  [{}, {}, [1440, 1080]],
  [{ sample_aspect_ratio: '4:3' }, {}, [1920, 1080]],
  // Wide pixels of a video stored on its side become tall pixels.
  [{ sample_aspect_ratio: '4:3', rotation: 90 }, { width: 1080, height: 1440 }, [1080, 1920]],
  [{ sample_aspect_ratio: '4:3', rotation: 180 }, {}, [1920, 1080]],
  [{ sample_aspect_ratio: '0:1' }, {}, [1440, 1080]],
  [{ sample_aspect_ratio: '1000:1' }, {}, [1440, 1080]],
])('videoFactsOf %j %j shows %j', (video, size, [width, height]) => {
  expect(pictureOf(video, size)?.shown).toEqual({ width, height });
});

test.each([
  ['progressive', null],
  ['tt', 'top'],
  ['bb', 'bottom'],
  ['tb', 'bottom'],
  ['bt', 'top'],
])('videoFactsOf maps a field order of %s to the %s field first', (field_order, first) => {
  expect(pictureOf({ field_order })?.firstField).toBe(first);
});

test.each([
  [{ pixel_format: 'yuv422p10le', color_space: 'bt709' }, 'bt709', 'limited', null],
  [{ pixel_format: 'yuv420p', color_space: 'smpte170m' }, 'bt601', 'limited', null],
  [{ pixel_format: 'yuvj420p' }, 'bt709', 'full', null],
  [{ pixel_format: 'gbrp10le', color_space: 'gbr' }, null, 'full', null],
  [{ color_transfer: 'smpte2084', color_primaries: 'bt2020' }, 'bt2020', 'limited', ['pq', 'bt2020']],
  [{ color_transfer: 'arib-std-b67' }, 'bt2020', 'limited', ['hlg', 'bt2020']],
  [{ color_primaries: 'smpte432', color_space: 'bt709' }, 'bt709', 'limited', ['display', 'p3-d65']],
  [{ color_transfer: 'smpte170m', color_primaries: 'smpte170m', color_space: 'smpte170m' }, 'bt601', 'limited', null],
])('videoFactsOf maps %j to %s, %s', (video, matrix, range, transform) => {
  const colour = pictureOf(video)?.colour;
  expect([colour?.matrix, colour?.range]).toEqual([matrix, range]);
  const { transfer, primaries } = colour?.transform ?? {};
  expect(transform === null ? colour?.transform : [transfer, primaries]).toEqual(transform);
});

test('videoFactsOf treats small untagged pictures as Rec. 601', () => {
  expect(pictureOf({}, { width: 720, height: 576 })?.colour.matrix).toBe('bt601');
});

test('videoFactsOf distinguishes no sound from a sound that cannot be decoded', () => {
  const sound = (change: object) => videoFactsOf({ facts: { ...facts, ...change }, details: {} });
  expect(sound({})).toMatchObject({ sound: null, hasUnknownSound: false });
  expect(sound({ audio_channels: 2 })).toMatchObject({ sound: null, hasUnknownSound: true });
  expect(sound({ audio_codec: 'aac', audio_channels: 6 }).sound).toEqual({
    ...{ channels: 6, hasLayout: false, sampleRate: 48000 },
  });
});
