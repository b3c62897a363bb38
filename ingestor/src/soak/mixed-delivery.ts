/**
 * Creates a delivery with everything that an ingest meets: face crops, videos, a sequence, sounds, copies, and damaged
 * files of each kind.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import sharp from 'sharp';
import { cutInHalf, makeWithFfmpeg, writeText } from '../testing/media-files.ts';

export interface DeliverySize {
  readonly crops: number;
  /** Seconds of the longest video. */
  readonly longest: number;
}

/** Folders below the media root, one package each. */
export const DELIVERIES = ['shots/CLIENT_A', 'shots/CLIENT_B'] as const;

/** @param root is created. */
export async function makeMixedDelivery(root: string, seed: number, { crops, longest }: DeliverySize): Promise<void> {
  const random = seededRandom(seed);
  const [first, second] = DELIVERIES.map((name) => path.join(root, name)) as [string, string];
  for (let index = 0; index < crops; index += 1) {
    const folder = index % 3 === 0 ? second : first;
    const name = `aligned/${String(index).padStart(5, '0')}_0.png`;
    await writeCrop(path.join(folder, name), random, index);
  }
  await copyFile(path.join(first, 'aligned/00001_0.png'), path.join(second, 'aligned/copy of 00001.png'));
  await cutInHalf(path.join(first, 'aligned/00002_0.png'));

  await makeWithFfmpeg(path.join(first, 'grid/long.mov'), source('640x360', longest, '-c:v mjpeg -q:v 8'));
  await makeWithFfmpeg(path.join(first, 'grid/short.avi'), source('640x360', 2, '-c:v mpeg4'));
  await makeWithFfmpeg(path.join(second, 'cam_A/playable.mp4'), source('320x180', 3, '-c:v libx264 -pix_fmt yuv420p'));
  await makeWithFfmpeg(path.join(second, 'cam_A/damaged.avi'), source('320x180', 3, '-c:v mjpeg'));
  await cutInHalf(path.join(second, 'cam_A/damaged.avi'));
  await writeText(path.join(second, 'cam_A/no video.mov'), 'This is no video.');

  await mkdir(path.join(first, 'plate'), { recursive: true });
  await makeWithFfmpeg(
    path.join(first, 'plate/sh010.%04d.exr'),
    '-f lavfi -i testsrc2=size=256x144:rate=24:duration=1',
  );
  await makeWithFfmpeg(path.join(second, 'audio/tone.wav'), '-f lavfi -i sine=frequency=440:duration=4');
  await makeWithFfmpeg(path.join(second, 'audio/tone.aiff'), '-f lavfi -i sine=frequency=220:duration=2');
  await writeText(path.join(second, 'audio/damaged.wav'), 'RIFF');
  await writeText(path.join(first, 'empty.jpg'), '');
  await writeText(path.join(first, 'config.json'), '{"subject": "ada"}\n');
}

function source(size: string, seconds: number, codec: string): string {
  return `-f lavfi -i testsrc2=size=${size}:rate=25:duration=${seconds} -f lavfi -i sine=frequency=330:duration=${seconds} -shortest ${codec}`;
}

/** Writes noise of mixed sizes: pictures that take different times, and no two of which are equal. */
async function writeCrop(file: string, random: SeededRandom, index: number): Promise<void> {
  const edge = random.pick([128, 128, 256, 256, 512, 1600]);
  const pixels = Buffer.alloc(edge * edge * 3);
  for (let at = 0; at < pixels.length; at += 97) pixels[at] = random.whole(0, 255);
  const png = await sharp(pixels, { raw: { width: edge, height: edge, channels: 3 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
  const face = withFaceMetadata(png, {
    pose: { pitch: random.between(-30, 30), yaw: random.between(-80, 80), roll: random.between(-15, 15) },
    landmarks: Array.from({ length: 68 }, () => [random.between(0, edge), random.between(0, edge)] as const),
    sourcePath: `/mnt/client/take_${index}.png`,
    sourceRect: [620, 180, 1300, 860],
    sourceSize: [1920, 1080],
    sharpness: random.between(0, 100),
    brightness: random.between(0, 1),
    hue: random.between(0, 360),
  });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, face);
}
