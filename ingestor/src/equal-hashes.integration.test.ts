/** Assets with one content hash have their own pictures where their files are not, or do not look, the same. */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';

let library: TestLibrary;

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  await library.start();
});
afterAll(() => library[Symbol.asyncDispose]());

interface Found {
  readonly path: string;
  readonly hash: string;
  readonly key: string;
}

async function assetsOf(packageId: string): Promise<Found[]> {
  return library.sql<Found[]>`
    SELECT relative_path AS path, content_hash AS hash, thumbnail_key AS key
    FROM assets WHERE package_id = ${packageId} ORDER BY relative_path`;
}

const thumbnail = (key: string) => sharp(path.join(library.base, 'derivatives', derivativePath(key)));

async function sizeOf(key: string): Promise<number[]> {
  const { width, height } = await thumbnail(key).metadata();
  return [width, height];
}

/** Returns the red of a thumbnail, 0 to 255. @param share of the height, from the top. */
async function redAt(key: string, share: number): Promise<number> {
  const { data, info } = await thumbnail(key).raw().toBuffer({ resolveWithObject: true });
  return data[Math.floor(info.height * share) * info.width * info.channels] ?? -1;
}

test('a picture does not get the thumbnail of its copy that is named, and therefore read, as a video', async () => {
  await mkdir(library.at('named'));
  // Upright as a photograph; ffmpeg, which reads the copy, leaves it lying.
  const upright = sharp({ create: { width: 96, height: 64, channels: 3, background: '#c82832' } }).withMetadata({
    orientation: 6,
  });
  await upright.jpeg().toFile(library.at('photo.jpg'));
  await copyFile(library.at('photo.jpg'), library.at('named', 'photo.jpg.qt'));
  await library.ingest('named');
  await copyFile(library.at('photo.jpg'), library.at('named', 'photo.jpg'));
  const [photo, video] = await assetsOf(await library.ingest('named'));
  expect(photo?.hash).toBe(video?.hash);
  expect(await sizeOf(video?.key ?? '')).toEqual([96, 64]);
  expect(await sizeOf(photo?.key ?? '')).toEqual([64, 96]);
});

test('versions of an uncompressed picture that differ only where the hash does not look have their own thumbnails', async () => {
  await mkdir(library.at('versions'));
  const [width, height] = [2048, 1024];
  for (const [version, value] of [0, 255].entries()) {
    const pixels = Buffer.alloc(width * height * 3, 128);
    // A quarter of the height, between the first and the middle MiB of the file.
    pixels.fill(value, width * 3 * 200, width * 3 * 400);
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .tiff({ compression: 'none' })
      .toFile(library.at('versions', `matte_v0${version + 1}.tif`));
  }
  const [first, second] = await assetsOf(await library.ingest('versions'));
  expect(first?.hash).toBe(second?.hash);
  expect(await redAt(first?.key ?? '', 0.3)).toBeLessThan(5);
  expect(await redAt(second?.key ?? '', 0.3)).toBeGreaterThan(250);
});
