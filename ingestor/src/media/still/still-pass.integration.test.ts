import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FACE_CHUNK, withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { insertBeforeEnd } from '@ingesthub/fixtures/png-chunks.ts';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutInHalf } from '../../testing/media-files.ts';
import { hugePng } from '../../testing/odd-pictures.ts';
import { hashFile } from '../facts/content-hash.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { processStill, type StillResult } from './still-pass.ts';

const signal = new AbortController().signal;
let folder: string;
let context: MediaContext;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-stills-'));
  const store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  context = { host: 'test', tools: await findTools(signal), store, signal };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = (file: string): MediaSource => ({ fileType: 'image', files: [file], frames: null });

async function processed(name: string, bytes: Buffer): Promise<StillResult> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return processStill(image(file), context);
}

/** Noise, so that no two pictures have the same content. */
function noise(width: number, height: number): Sharp {
  return sharp({
    create: { width, height, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 120, sigma: 30 } },
  });
}

test('processStill returns hash, facts, details, thumbnail and placeholder of a picture', async () => {
  const result = await processed('a.png', await noise(600, 300).png().toBuffer());
  expect(result).toMatchObject({
    contentHash: await hashFile(path.join(folder, 'a.png')),
    facts: { width: 600, height: 300, codec: 'png', duration_seconds: null },
    details: { still: { bit_depth: 8, colour_space: 'srgb', has_alpha: false } },
    problem: null,
  });
  expect(result.placeholder?.length).toBeGreaterThan(10);
  const thumbnail = context.store.pathOf(result.thumbnailKey ?? '');
  expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: 480, height: 240 });
});

test('processStill reads the pose of a face crop, and rejects a pickle that is a program', async () => {
  const png = await noise(64, 64).png().toBuffer();
  const crop = withFaceMetadata(png, {
    ...{ pose: { pitch: 10, yaw: -30, roll: 0 }, landmarks: [[1, 2]], sharpness: 5, brightness: 90, hue: 20 },
    ...{ sourcePath: '/plates/A001.mov', sourceRect: [0, 0, 64, 64], sourceSize: [1920, 1080] },
  });
  const result = await processed('crop.png', crop);
  expect(result.pose?.[1]).toBeCloseTo((-30 * Math.PI) / 180);
  expect(result).toMatchObject({
    facts: { width: 64 },
    sharpness: 5,
    details: { still: { bit_depth: 8 }, face: { carrier: 'fcWp', source_filename: 'A001.mov' } },
    problem: null,
  });

  const hostile = insertBeforeEnd(png, FACE_CHUNK, Buffer.from('cos\nsystem\n(Vtouch hacked\ntR.'));
  const rejected = await processed('hostile.png', hostile);
  expect(rejected).toMatchObject({ facts: { width: 64 }, pose: null, problem: expect.stringContaining('rejected') });
  expect(rejected.thumbnailKey).not.toBeNull();
});

test('processStill makes no thumbnail twice, and still returns its placeholder', async () => {
  const bytes = await noise(64, 64).jpeg().toBuffer();
  const first = await processed('b.jpg', bytes);
  const thumbnail = context.store.pathOf(first.thumbnailKey ?? '');
  const { ino } = await stat(thumbnail);
  const second = await processed('copy of b.jpg', bytes);
  expect(second.thumbnailKey).toBe(first.thumbnailKey);
  expect(second.placeholder?.length).toBe(first.placeholder?.length);
  expect((await stat(thumbnail)).ino).toBe(ino);
});

test('processStill never leaves a draft behind', async () => {
  await processed('good.png', await noise(10, 10).png().toBuffer());
  await processed('bad.png', (await noise(99, 99).png().toBuffer()).subarray(0, 4000));
  const { stdout } = await promisify(execFile)('find', [path.join(folder, 'derivatives/.making-test'), '-type', 'f']);
  expect(stdout).toBe('');
});

test('processStill turns all eight EXIF orientations upright', async () => {
  // Red, green, blue and white corners.
  const corners = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  const upright = await sharp(corners, { raw: { width: 2, height: 2, channels: 3 } })
    .resize(60, 40, { kernel: 'nearest', fit: 'fill' })
    .png()
    .toBuffer();
  const stored = {
    ...{ 1: { angle: 0, mirror: false }, 2: { angle: 0, mirror: true }, 3: { angle: 180, mirror: false } },
    ...{ 4: { angle: 180, mirror: true }, 5: { angle: 90, mirror: true }, 6: { angle: 270, mirror: false } },
    ...{ 7: { angle: 270, mirror: true }, 8: { angle: 90, mirror: false } },
  };
  for (const [orientation, { angle, mirror }] of Object.entries(stored)) {
    // Two steps, because sharp mirrors before it turns, whatever the order of the calls.
    const turned = await sharp(upright).rotate(angle).png().toBuffer();
    const jpeg = await sharp(turned)
      .flop(mirror)
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation: Number(orientation) })
      .toBuffer();
    const { facts, thumbnailKey, details } = await processed(`${orientation}.jpg`, jpeg);
    expect([facts.width, facts.height, details.still?.orientation]).toEqual([60, 40, Number(orientation)]);
    const { data } = await sharp(context.store.pathOf(thumbnailKey ?? ''))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [...data.subarray((y * 60 + x) * 3, (y * 60 + x) * 3 + 3)];
    expect([at(8, 8), at(52, 8), at(8, 32)].map((colour) => colour.indexOf(Math.max(...colour)))).toEqual([0, 1, 2]);
  }
});

test('processStill shows a transparent picture over neutral grey', async () => {
  const clear = { r: 255, g: 0, b: 0, alpha: 0 };
  const { thumbnailKey } = await processed(
    'clear.png',
    await sharp({ create: { width: 20, height: 20, channels: 4, background: clear } })
      .png()
      .toBuffer(),
  );
  const { channels } = await sharp(context.store.pathOf(thumbnailKey ?? '')).stats();
  for (const { mean } of channels) expect(mean).toBeCloseTo(0x77, -1);
});

test('processStill keeps the facts of a truncated picture, and reports the problem', async () => {
  const file = path.join(folder, 'cut.jpg');
  await noise(800, 600).jpeg().toFile(file);
  await cutInHalf(file);
  expect(await processStill(image(file), context)).toMatchObject({
    facts: { width: 800, height: 600 },
    thumbnailKey: null,
    placeholder: null,
    problem: expect.stringContaining('The JPG file is damaged'),
  });
});

test.each([
  ['empty.png', Buffer.alloc(0), 'is empty'],
  ['noise.png', Buffer.from('no picture at all'), 'damaged or not what its name says'],
  ['huge.png', hugePng(60_000, 60_000), 'exceeds pixel limit'],
  ['svg.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'damaged or not'],
  ['playlist.dpx', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n'), 'damaged or not'],
])('processStill reports why %s has no preview', async (name, bytes, reason) => {
  expect(await processed(name, bytes)).toMatchObject({ thumbnailKey: null, problem: expect.stringContaining(reason) });
});

test('processStill reports a path that is not a regular file', async () => {
  const missing = await processStill(image(path.join(folder, 'gone.png')), context);
  expect(missing).toMatchObject({ contentHash: null, problem: 'The PNG file is no longer on disk.' });
  await mkdir(path.join(folder, 'folder.png'));
  expect((await processStill(image(path.join(folder, 'folder.png')), context)).problem).toContain('not a regular file');
  await promisify(execFile)('mkfifo', [path.join(folder, 'pipe.png')]);
  expect((await processStill(image(path.join(folder, 'pipe.png')), context)).problem).toContain('not a regular file');
});

test('processStill trusts the content of a file rather than its name', async () => {
  const jpeg = await noise(50, 40).jpeg().toBuffer();
  expect(await processed('really a jpeg.png', jpeg)).toMatchObject({ facts: { codec: 'mjpeg' }, problem: null });
  expect(await processed('really a jpeg.exr', jpeg)).toMatchObject({ facts: { codec: 'mjpeg' }, problem: null });
});

test('processStill stops when its signal aborts', async () => {
  const file = path.join(folder, 'a.png');
  const ended = processStill(image(file), { ...context, signal: AbortSignal.abort(new Error('enough')) });
  await expect(ended).rejects.toThrow('enough');
});

test('processStill throws when the disk is at fault', async () => {
  await writeFile(path.join(folder, 'not a folder'), '');
  const store = new DerivativeStore(path.join(folder, 'not a folder'), 'test');
  await expect(processStill(image(path.join(folder, 'a.png')), { ...context, store })).rejects.toThrow();
});

test('processStill accepts any file name', async () => {
  const bytes = await readFile(path.join(folder, 'a.png'));
  for (const name of ['-o out.png', '%04d #.png', 'new\nline.png', `${'x'.repeat(240)}.png`]) {
    expect((await processed(name, bytes)).problem).toBeNull();
  }
});
