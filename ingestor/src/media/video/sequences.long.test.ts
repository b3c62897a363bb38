/** Follows image sequences to the frames of their proxies: PNG and its like through ffmpeg, EXR and DPX through oiiotool. */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutInHalf } from '../../testing/media-files.ts';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import type { MediaSource } from '../tools/media-source.ts';
import { deriveVideo } from './derive-video.ts';
import { ffprobe } from './ffprobe.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
const tools = await findTools(signal);
const WANTS = { thumbnail: true, proxy: true, sprite: true, waveform: true };
const NOTHING_KNOWN = { facts: UNKNOWN_FACTS, details: {} };
const SIZE = { width: 192, height: 108 };
/** Frames 1001 to 1020 are greys of rising brightness; two are missing. */
const FRAMES = Array.from({ length: 20 }, (_, index) => 1001 + index).filter((frame) => ![1006, 1007].includes(frame));
const greyOf = (frame: number): number => 40 + (frame - 1001) * 8;

describe.skipIf(tools.ffmpeg === null)('deriveVideo of a sequence', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-sequences-'));
    store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function write(extension: string, convert?: (png: string, target: string) => Promise<unknown>) {
    const own = path.join(folder, extension);
    await mkdir(own);
    const files: string[] = [];
    for (const frame of FRAMES) {
      const file = path.join(own, `plate %d.${frame}.${extension}`);
      const background = { r: greyOf(frame), g: greyOf(frame), b: greyOf(frame) };
      const picture = sharp({ create: { ...SIZE, channels: 3, background } });
      if (convert === undefined) await picture.toFile(file);
      else {
        const png = path.join(folder, 'frame.png');
        await picture.png().toFile(png);
        // The name looks like a pattern to the tools.
        const plain = path.join(folder, `plain.${extension}`);
        await convert(png, plain);
        await copyFile(plain, file);
      }
      files.push(file);
    }
    return { fileType: 'sequence', files, frames: FRAMES } as unknown as MediaSource;
  }

  async function derive(source: MediaSource, hash: string, options = {}) {
    const result = await deriveVideo(
      source,
      NOTHING_KNOWN,
      hash,
      { ...WANTS, ...options },
      { host: 'test', tools, store, signal },
    );
    const file = store.pathOf(result.made.proxy ?? '');
    const { facts } = await ffprobe(file, signal);
    const args = ['-v', 'error', '-i', file, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
    const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e9 });
    const pixel = (frame: number, y: number): number[] => {
      const offset = ((frame * SIZE.height + y) * SIZE.width + SIZE.width / 2) * 3;
      return [...stdout.subarray(offset, offset + 3)];
    };
    return { ...result, facts, frames: stdout.length / (SIZE.width * SIZE.height * 3), pixel };
  }

  function expectGreys({ frames, pixel }: Awaited<ReturnType<typeof derive>>, standIns: readonly number[]): void {
    expect(frames).toBe(20);
    let shown = 1001;
    for (let position = 0; position < 20; position++) {
      if (!standIns.includes(1001 + position)) shown = 1001 + position;
      const grey = greyOf(shown);
      for (const value of pixel(position, 20)) expect(Math.abs(value - grey), `${position}`).toBeLessThan(7);
    }
  }

  test.each(['jpg', 'png', 'tif'])('of %s holds missing frames, marked, at 24 a second', async (extension) => {
    const made = await derive(await write(extension), `aa${extension}`);
    expect(made.warning).toBeNull();
    expect([made.facts.frame_rate_numerator, made.facts.frame_rate_denominator]).toEqual([24, 1]);
    expectGreys(made, [1006, 1007]);
    // The bar is amber; the frames around the gap have no bar.
    const [before, first, last, after] = [4, 5, 6, 7].map((frame) => {
      const [red = 0, , blue = 0] = made.pixel(frame, SIZE.height - 1);
      return red - blue > 80;
    });
    expect([before, first, last, after]).toEqual([false, true, true, false]);
    const { data } = await sharp(store.pathOf(made.made.thumbnail ?? ''))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(Math.abs((data[0] ?? 0) - greyOf(1011))).toBeLessThan(9);
    expect(await sharp(store.pathOf(made.made.sprite ?? '')).metadata()).toMatchObject({ width: 1600, height: 900 });
    expect('waveform' in made.made).toBe(false);
  });

  test('of stills with differing sizes has the size of the middle one', async () => {
    const source = await write('jpeg');
    await sharp({ create: { width: 400, height: 100, channels: 3, background: '#284' } }).toFile(
      source.files[12] ?? '',
    );
    const made = await derive(source, 'bbsizes');
    expect([made.facts.width, made.facts.height, made.frames]).toEqual([SIZE.width, SIZE.height, 20]);
  });

  test('of PNG with pixels meant for a printer has square ones, as its thumbnail does', async () => {
    const stretched = (png: string, target: string) =>
      run('ffmpeg', ['-v', 'error', '-y', '-i', png, '-vf', 'setsar=2', target]);
    const { facts } = await derive(await write('apng.png', stretched), 'bbdensity');
    expect([facts.width, facts.height]).toEqual([SIZE.width, SIZE.height]);
  });

  test('has the requested rate and height', async () => {
    const source = await write('webp');
    const options = { frameRate: { numerator: 24000, denominator: 1001 }, height: 54 };
    const { made, facts } = await derive(source, 'bbrate', options);
    expect(made.proxy).toBe('bbrate-proxy-3-webp-54-24000.1001fps.mp4');
    expect([facts.frame_rate_numerator, facts.frame_rate_denominator, facts.height]).toEqual([24000, 1001, 54]);
  });

  test('with a damaged frame continues, and reports the frame', async () => {
    const source = await write('bmp', (png, target) => run('ffmpeg', ['-v', 'error', '-y', '-i', png, target]));
    await writeFile(source.files[10] ?? '', 'no picture');
    const made = await derive(source, 'ccdamaged');
    expect(made.warning).toBe('1 of 18 frames are damaged and cannot be read.');
    expectGreys(made, [1006, 1007, FRAMES[10] ?? 0]);
  });

  test('without a readable frame has a reason', async () => {
    const source = await write('tiff');
    for (const file of source.files) await writeFile(file, 'no picture');
    const problem = await derive(source, 'ccnone').catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(MediaProblem);
  });

  test.skipIf(tools.oiiotool === null)(
    'of EXR goes through oiiotool, at its own rate, and leaves no files behind',
    async () => {
      const source = await write('exr', (png, target) =>
        run('oiiotool', [
          png,
          '--colorconvert',
          'sRGB',
          'linear',
          '-d',
          'half',
          '--attrib:type=rational',
          'FramesPerSecond',
          '25/1',
          '-o',
          target,
        ]),
      );
      await cutInHalf(source.files[2] ?? '');
      const made = await derive(source, 'ddexr');
      expect(made.warning).toBe('1 of 18 frames are damaged and cannot be read.');
      expect([made.facts.frame_rate_numerator, made.facts.frame_rate_denominator]).toEqual([25, 1]);
      expectGreys(made, [1003, 1006, 1007]);
      const left = await readdir(path.join(folder, 'derivatives', '.making-test'));
      expect(left).toEqual([]);
    },
  );

  test.skipIf(tools.oiiotool === null)('of DPX is shown as stored', async () => {
    const source = await write('dpx', (png, target) => run('oiiotool', [png, '-d', 'uint10', '-o', target]));
    expectGreys(await derive(source, 'dddpx'), [1006, 1007]);
  });

  test.skipIf(tools.oiiotool === null)('of DPX shows a frame of another size whole and in its own shape', async () => {
    const own = path.join(folder, 'mixed');
    await mkdir(own);
    // The middle frame determines the size.
    const frames = [1, 2, 3, 4, 5];
    const files = frames.map((frame) => path.join(own, `a.000${frame}.dpx`));
    for (const [index, file] of files.entries()) {
      const edge = index === 1 ? '80x80' : `${SIZE.width}x${SIZE.height}`;
      const red = ['--create', edge, '3', '--fill:color=1,0,0', edge, '-d', 'uint10'];
      await run('oiiotool', [...red, '-o', file]);
    }
    const source = { fileType: 'sequence', files, frames } as unknown as MediaSource;
    const { made } = await deriveVideo(source, NOTHING_KNOWN, 'ddmixed', WANTS, { host: 'test', tools, store, signal });
    const args = ['-v', 'error', '-i', store.pathOf(made.proxy ?? ''), '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
    const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e9 });
    const red = (x: number, y: number) => stdout[((SIZE.height + y) * SIZE.width + x) * 3] ?? -1;
    const middle = SIZE.width / 2;
    // Black bars at its left and right, and red from top to bottom.
    expect([red(10, 54), red(SIZE.width - 10, 54)].map((value) => value < 40)).toEqual([true, true]);
    expect([red(middle, 4), red(middle, 54), red(middle, 103)].map((value) => value > 200)).toEqual([true, true, true]);
  });
});
