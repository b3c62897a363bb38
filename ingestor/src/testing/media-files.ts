/** Makes small real media for tests, with ffmpeg and sharp. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import sharp from 'sharp';

const run = promisify(execFile);

/** @param args for ffmpeg, between the global options and the file: `-f lavfi -i testsrc=…`. */
export async function makeWithFfmpeg(file: string, args: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args.split(' '), file]);
}

/** Makes a picture whose bytes depend on the seed. */
export async function makePicture(file: string, seed: number, size = { width: 96, height: 64 }): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const background = { r: seed % 256, g: (seed * 7) % 256, b: Math.floor(seed / 256) };
  await sharp({ create: { ...size, channels: 3, background } }).toFile(file);
}

/** Makes a square of grey noise, which no compression can shrink. */
export async function makeNoise(file: string, seed: number, edge: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const random = seededRandom(seed);
  const pixels = Buffer.from(Array.from({ length: edge * edge }, () => random.whole(0, 255)));
  await sharp(pixels, { raw: { width: edge, height: edge, channels: 1 } }).toFile(file);
}

/** Cuts off the second half of a file. */
export async function cutInHalf(file: string): Promise<void> {
  await truncate(file, Math.floor((await readFile(file)).length / 2));
}

export async function writeText(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}
