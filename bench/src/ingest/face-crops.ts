/** Generates a folder of face crops like those in a delivery: grainy PNGs of several sizes with face metadata. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CROP_SIZE, renderFaceCrop } from '@ingesthub/fixtures/face-crop.ts';
import { withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { faceTakes } from '@ingesthub/fixtures/face-takes.ts';
import sharp from 'sharp';

const FRAMES = 10;
/** Sides of the square crops in pixels. */
const SIZES = [256, 320, 384, 448, 512];
/** Number of distinct drawings; further crops repeat them with different grain. */
const MAX_DRAWN = 200;

/** @returns the files' paths. */
export async function makeFaceCrops(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const drawn = faceTakes(Math.ceil(Math.min(count, MAX_DRAWN) / FRAMES), FRAMES).flatMap(({ look, frames }, take) =>
    frames.map((frame) => ({ frame, crop: renderFaceCrop(frame, look, take) })),
  );
  const files: string[] = [];
  for (let index = 0; index < count; index++) {
    const picture = drawn[index % drawn.length];
    const size = SIZES[index % SIZES.length] ?? CROP_SIZE;
    if (picture === undefined) break;
    const { pixels, landmarks } = await picture.crop;
    const file = path.join(folder, `${String(index + 1).padStart(5, '0')}_0.png`);
    const png = withFaceMetadata(await grainy(pixels, size), {
      ...{ pose: picture.frame.pose, landmarks, sharpness: 40, brightness: 90, hue: 20 },
      ...{ sourcePath: `/takes/A001/${index}.png`, sourceRect: [600, 180, 1280, 860], sourceSize: [1920, 1080] },
    });
    await writeFile(file, png);
    files.push(file);
  }
  return files;
}

function grainy(pixels: Buffer, size: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 9 } as const;
  return sharp(pixels, { raw: { width: CROP_SIZE, height: CROP_SIZE, channels: 3 } })
    .resize(size, size)
    .composite([
      {
        input: { create: { width: size, height: size, channels: 3, background: '#808080', noise } },
        blend: 'soft-light',
      },
    ])
    .removeAlpha()
    .png()
    .toBuffer();
}
