import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { pickle } from '@ingesthub/fixtures/pickle-writer.ts';
import { insertBeforeEnd } from '@ingesthub/fixtures/png-chunks.ts';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { faceDetails } from '@ingesthub/schema/library/asset-details.ts';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { readFace, readFaceFrom } from './read-face.ts';
import { compressedText, internationalText, JPEG, jpegWith, PNG, pngWith, text } from './testing/face-pictures.ts';
import { PYTHON_PICKLES } from './testing/python-pickles.ts';
import { MAX_BYTES, MAX_TEXT_BYTES } from './values/face-limits.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'read-face-'));
afterAll(() => rm(folder, { recursive: true }));

/** Reads a file from memory and from disk, and expects the same result. */
async function read(file: Buffer) {
  const inMemory = readFace(file);
  const name = path.join(folder, 'file');
  await writeFile(name, file);
  await using handle = await open(name);
  expect(await readFaceFrom(handle, file.length)).toEqual(inMemory);
  if (inMemory?.face) expect(faceDetails.parse(inMemory.face.details)).toEqual(inMemory.face.details);
  return inMemory;
}

const FACE = { face_type: 'head', pose: [0.1, -0.2, 0], sharpness: 12.5 };
const DETAILS = { face_type: 'head', pose_raw: [0.1, -0.2, 0] };

test('readFace reads what the demo seed writes', async () => {
  const crop = withFaceMetadata(PNG, {
    pose: { pitch: -9, yaw: 45, roll: 180 },
    landmarks: [
      [1.04, 2.06],
      [100, -0.01],
    ],
    sourcePath: '/mnt/plates/a\nb/00001.png',
    sourceRect: [620, 180, 1300, 860],
    sourceSize: [1920, 1080],
    sharpness: 71.5,
    brightness: 120.25,
    hue: 200,
  });
  expect(await read(crop)).toEqual({
    problem: null,
    face: {
      pose: [(-9 * Math.PI) / 180, Math.PI / 4, Math.PI],
      sharpness: 71.5,
      details: {
        carrier: 'fcWp',
        face_type: 'whole_face',
        source_filename: '00001.png',
        source_filepath: '/mnt/plates/a\nb/00001.png',
        source_rect: [620, 180, 1300, 860],
        source_size: [1920, 1080],
        pose_raw: [(-9 * Math.PI) / 180, Math.PI / 4, Math.PI],
        brightness: 120.25,
        hue: 200,
        landmarks: [
          [1, 2.1],
          [100, 0],
        ],
        landmarks_in: 'crop',
      },
    },
  });
});

test.each(Object.entries(PYTHON_PICKLES))('readFace reads arrays that Python wrote: %s', async (_, base64) => {
  const reading = await read(pngWith('fcWp', Buffer.from(base64, 'base64')));
  expect(reading?.face?.details).toMatchObject({
    landmarks: [
      [0, 0.3],
      [0.5, 0.8],
      [1, 1.3],
    ],
    landmarks_in: 'crop',
  });
});

const json = '{"face_type": "head", "pose": [0.1, -0.2, 0.0], "sharpness": 12.5, "hue": NaN}';

test.each([
  ['fcWp', pngWith('fcWp', pickle(FACE))],
  ['dfl_header', text('dfl_header', json)],
  ['dfl_header', compressedText('dfl_header', json)],
  ['dfl_header', internationalText('dfl_header', json)],
  ['dfl_header', internationalText('dfl_header', json, true)],
  ['app15', jpegWith(pickle(FACE))],
])('readFace finds %s', async (carrier, file) => {
  expect(await read(file)).toEqual({
    problem: null,
    face: { details: { carrier, ...DETAILS }, pose: [0.1, -0.2, 0], sharpness: 12.5 },
  });
});

test('readFace reads what faceswap writes: positions in the source picture', async () => {
  const literal = `{'alignments': {'x': 10, 'w': 100, 'y': 20, 'h': 200, 'landmarks_xy': [[1.23, 2], [3, 4.56]],
    'mask': {'components': {'mask': b'x\\x9c\\x00\\'', 'interpolator': 2}}, 'identity': {}},
    'source': {'alignments_version': 2.3, 'original_filename': 'a_0.png', 'face_index': 0,
    'source_filename': "it's.mp4", 'source_is_video': True, 'source_frame_dims': (1080, 1920)}}`;
  expect((await read(internationalText('faceswap', literal)))?.face).toEqual({
    pose: null,
    sharpness: null,
    details: {
      carrier: 'faceswap',
      source_filename: "it's.mp4",
      source_rect: [10, 20, 110, 220],
      source_size: [1920, 1080],
      landmarks: [
        [1.2, 2],
        [3, 4.6],
      ],
      landmarks_in: 'source',
    },
  });
});

test('readFace joins the segments that a long pickle needs in a JPEG', async () => {
  const long = pickle({ ...FACE, xseg_mask: 'x'.repeat(100_000) });
  const parts = [long.subarray(0, 65_000), long.subarray(65_000)];
  expect((await read(jpegWith(...parts)))?.face?.details).toEqual({ carrier: 'app15', ...DETAILS });
});

test('readFace recognises a file by its bytes, and finds nothing in most files', async () => {
  const webp = await sharp(PNG).webp().toBuffer();
  for (const file of [PNG, JPEG, webp, Buffer.alloc(0), Buffer.from('\x89PNG'), Buffer.from('GIF89a with more')]) {
    expect(await read(file)).toBeNull();
  }
  expect(await read(text('Software', json))).toBeNull();
  expect(await read(jpegWith(Buffer.from('Q 92')))).toBeNull();
  expect(await read(Buffer.concat([JPEG.subarray(0, 2), Buffer.from('no marker')]))).toBeNull();
});

test('readFace uses the best carrier available, and reports what was wrong with the others', async () => {
  const both = insertBeforeEnd(text('dfl_header', json), 'fcWp', pickle({ face_type: 'full_face' }));
  expect((await read(both))?.face?.details).toEqual({ carrier: 'fcWp', face_type: 'full_face' });
  const hostile = insertBeforeEnd(text('dfl_header', json), 'fcWp', Buffer.from("cos\nsystem\n(S'id'\ntR."));
  expect(await read(hostile)).toMatchObject({
    face: { details: { carrier: 'dfl_header' } },
    problem: 'The face metadata was rejected: it is a pickle that uses “os.system”, not only plain data.',
  });
});

test.each([
  ['uses “os.system”', pngWith('fcWp', "cos\nsystem\n(S'id'\ntR.")],
  ['uses “posix.system”', jpegWith(Buffer.from('\x80\x02cposix\nsystem\n.', 'latin1'))],
  ['checksum', damage(pngWith('fcWp', pickle(FACE)), -17)],
  ['not a list of named values', pngWith('fcWp', pickle([1]))],
  ['not a list of named values', text('dfl_header', '[]')],
  ['damaged', text('dfl_header', 'import os')],
  ['ends too early', pngWith('fcWp', '')],
  ['a text has no end', pngWith('iTXt', 'faceswap\0')],
  ['unknown way', pngWith('zTXt', 'faceswap\0\x01')],
  ['cannot be decompressed', pngWith('zTXt', 'faceswap\0\0nothing')],
  ['over 1 MiB', compressedText('faceswap', Buffer.alloc(MAX_TEXT_BYTES + 1, ' '))],
  ['over 1 MiB', internationalText('dfl_header', Buffer.alloc(MAX_TEXT_BYTES + 1, ' '), true)],
  ['over 1 MiB', text('dfl_header', ' '.repeat(MAX_TEXT_BYTES + 1))],
  ['over 4 MiB', pngWith('fcWp', Buffer.alloc(MAX_BYTES + 1, 'N'))],
  ['over 4 MiB', jpegWith(...Array.from({ length: 70 }, () => Buffer.alloc(65_000)))],
  ['levels of nesting', text('dfl_header', '['.repeat(10_000))],
  ['ends too early', PNG.subarray(0, 40)],
  ['ends too early', JPEG.subarray(0, 10)],
])('readFace reports in a sentence why it cannot use the metadata: %s', async (words, file) => {
  const reading = await read(file);
  expect(reading).toMatchObject({ face: null, problem: expect.stringContaining(words) });
  expect(reading?.problem).toMatch(/^[^\n]{20,200}\.$/);
});

test('readFace never treats a chunk as longer than the file, whatever length it declares', async () => {
  const file = pngWith('fcWp', pickle(FACE));
  const start = file.indexOf('fcWp') - 4;
  for (const length of [0xffffffff, 0x7fffffff, file.length]) {
    const lying = Buffer.from(file);
    lying.writeUInt32BE(length, start);
    expect(await read(lying)).toMatchObject({ face: null, problem: expect.stringContaining('ends too early') });
  }
});

test('readFace stops at a flood of chunks, and at the end of the picture', async () => {
  const chunk = pngWith('juNk', '').subarray(-24, -12);
  const flood = Buffer.concat([
    PNG.subarray(0, -12),
    ...Array.from({ length: 200_000 }, () => chunk),
    PNG.subarray(-12),
  ]);
  expect(readFace(flood)).toMatchObject({ problem: expect.stringContaining('chunks') });
  const behind = Buffer.concat([PNG, pngWith('fcWp', pickle(FACE)).subarray(8)]);
  expect(await read(behind)).toBeNull();
});

test('readFace reports nothing false about a picture that is truncated or changed anywhere', () => {
  const random = seededRandom(45);
  const files = [
    pngWith('fcWp', pickle(FACE)),
    compressedText('dfl_header', json),
    internationalText('faceswap', "{'source': {}, 'alignments': {'x': 1}}", true),
    jpegWith(pickle(FACE)),
  ];
  for (const file of files) {
    for (let length = 0; length < file.length; length++) readFace(file.subarray(0, length));
    for (let round = 0; round < 1500; round++) {
      const changed = Buffer.from(file);
      for (let change = random.whole(1, 4); change > 0; change--) {
        changed[random.whole(0, file.length - 1)] = random.whole(0, 255);
      }
      const reading = readFace(changed);
      if (reading?.face) faceDetails.parse(reading.face.details);
    }
  }
});

/** @param at counts from the end when negative. */
function damage(file: Buffer, at: number): Buffer {
  const damaged = Buffer.from(file);
  const index = (at + file.length) % file.length;
  damaged[index] = (damaged[index] ?? 0) ^ 1;
  return damaged;
}
