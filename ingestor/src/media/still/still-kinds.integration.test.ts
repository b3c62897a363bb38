/**
 * Pictures that one reader does not know, or shows wrongly, are shown by another; each is compared with a second
 * decode.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { dx10Texture, ilbm, integerTiff, logLTiff, oldJpegTiff, psd } from '../../testing/odd-pictures.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools, type InstalledTools } from '../tools/installed-tools.ts';
import { processStill, type StillResult } from './still-pass.ts';

const signal = new AbortController().signal;
const tools: InstalledTools = await findTools(signal);
const run = promisify(execFile);
const [WIDTH, HEIGHT] = [160, 90];

let folder: string;
let store: DerivativeStore;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-kinds-'));
  store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  await makeWithFfmpeg(
    path.join(folder, 'ramp.png'),
    `-f lavfi -i gradients=s=${WIDTH}x${HEIGHT}:c0=black:c1=white:x0=0:y0=0:x1=159:y1=0 -frames:v 1`,
  );
  await makeWithFfmpeg(path.join(folder, 'bars.png'), `-f lavfi -i smptebars=s=${WIDTH}x${HEIGHT} -frames:v 1`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function processed(name: string, bytes?: Buffer): Promise<StillResult> {
  const file = path.join(folder, name);
  if (bytes !== undefined) await writeFile(file, bytes);
  return processStill({ fileType: 'image', files: [file], frames: null }, { host: 'test', tools, store, signal });
}

function oiiotool(...args: string[]): Promise<unknown> {
  return run('oiiotool', args, { cwd: folder });
}

/** The bars in 16 bits with a wider gamut. */
function inDisplayP3(): Sharp {
  return sharp(path.join(folder, 'bars.png')).removeAlpha().toColourspace('rgb16').withIccProfile('p3');
}

/** Returns the mean difference between the thumbnail and a picture, in 8-bit codes. */
async function differenceFrom(picture: string | Buffer, { thumbnailKey, problem }: StillResult): Promise<number> {
  expect(problem).toBeNull();
  const rgb = (input: string | Buffer) => sharp(input).removeAlpha().toColourspace('srgb').raw().toBuffer();
  const [made, expected] = await Promise.all([rgb(store.pathOf(thumbnailKey ?? '')), rgb(picture)]);
  expect(made.length).toBe(expected.length);
  return made.reduce((sum, value, index) => sum + Math.abs(value - (expected[index] ?? 0)), 0) / made.length;
}

test.each([
  [28, [0, 1, 2, 3]],
  [29, [0, 1, 2, 3]],
  [87, [2, 1, 0, 3]],
  [91, [2, 1, 0, 3]],
  [93, [2, 1, 0, 3]],
])('processStill shows the colours of a DDS of DXGI format %i unchanged', async (format, order) => {
  const { data, info } = await sharp(path.join(folder, 'bars.png'))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = Buffer.from(data.map((_, at) => data[at - (at % 4) + (order[at % 4] ?? 0)] ?? 0));
  const result = await processed(`texture ${format}.dds`, dx10Texture(info.width, info.height, format, pixels));
  expect(await differenceFrom(path.join(folder, 'bars.png'), result)).toBeLessThan(3);
});

test.skipIf(tools.ffmpeg === null)('processStill shows an Amiga picture unchanged', async () => {
  const palette = Buffer.from('000000ff000000ff000000ffffff00ff00ff00ffffffffff', 'hex');
  const indices = Array.from({ length: WIDTH * HEIGHT }, (_, index) => Math.floor(((index % WIDTH) * 8) / WIDTH));
  const data = Buffer.concat(indices.map((index) => palette.subarray(index * 3, index * 3 + 3)));
  const expected = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toBuffer();
  const result = await processed('amiga.iff', ilbm(WIDTH, HEIGHT, palette, indices));
  expect(await differenceFrom(expected, result)).toBeLessThan(8);
});

describe.skipIf(tools.oiiotool === null)('with oiiotool', () => {
  test.each([
    ['grey float.tif', ['ramp.png', '--ch', 'R', '--chnames', 'Y', '-d', 'float'], 'ramp.png'],
    ['grey half.tif', ['ramp.png', '--ch', 'R', '--chnames', 'Y', '-d', 'half'], 'ramp.png'],
    ['grey of 16 bits.tif', ['ramp.png', '--ch', 'R', '--chnames', 'Y', '-d', 'uint16'], 'ramp.png'],
    ['five of 8 bits.tif', ['bars.png', '--ch', 'R,G,B,R,G', '--chnames', 'R,G,B,m1,m2', '-d', 'uint8'], 'bars.png'],
    [
      'six of 16 bits.tif',
      ['bars.png', '--ch', 'R,G,B,R,G,B', '--chnames', 'R,G,B,m1,m2,m3', '-d', 'uint16'],
      'bars.png',
    ],
    ['five of float.tif', ['bars.png', '--ch', 'R,G,B,R,G', '--chnames', 'R,G,B,Z,m', '-d', 'float'], 'bars.png'],
  ])('processStill shows %s unchanged', async (name, args, reference) => {
    await oiiotool(...args, '-o', name);
    const result = await processed(name);
    expect(await differenceFrom(path.join(folder, reference), result)).toBeLessThan(3);
  });

  test('processStill converts printing density by the Cineon curve', async () => {
    const codes = [95, 374, 568, 685];
    const light = (code: number) => 10 ** (((code - 685) * 0.002) / 0.6);
    const srgb = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
    for (const code of codes) {
      const fill = `--fill:color=${[1, 1, 1].map(() => code / 1023).join(',')}`;
      const log = ['--attrib:type=string', 'oiio:ColorSpace', 'KodakLog', '--attrib:type=string', 'dpx:Transfer'];
      const make = ['--create', '16x16', '3', fill, '16x16', ...log, 'Printing density', '-d', 'uint10'];
      await oiiotool(...make, '-o', `${code}.dpx`);
      const result = await processed(`${code}.dpx`);
      expect(result).toMatchObject({ problem: null, details: { frame: { encoding: 'log' } } });
      const { channels } = await sharp(store.pathOf(result.thumbnailKey ?? '')).stats();
      const exact = 255 * srgb((light(code) - light(95)) / (1 - light(95)));
      expect(Math.abs((channels[0]?.mean ?? 0) - exact), `code ${code}`).toBeLessThan(3);
    }
  });

  test('processStill shows floating-point coverage over neutral grey', async () => {
    const channels = ['--ch', 'R,G', '--chnames', 'Y,A'];
    await oiiotool('ramp.png', ...channels, '-d', 'float', '-o', 'covered.tif');
    await oiiotool('ramp.png', ...channels, '-d', 'uint16', '-o', 'covered 16.tif');
    const whole = await processed('covered 16.tif');
    const thumbnail = store.pathOf(whole.thumbnailKey ?? '');
    expect(await differenceFrom(thumbnail, await processed('covered.tif'))).toBeLessThan(3);
  });

  test('processStill keeps the colours of a float TIFF with a profile', async () => {
    const bars = await sharp(path.join(folder, 'bars.png'))
      .withIccProfile('p3')
      .toColourspace('rgb16')
      .tiff()
      .toBuffer();
    await writeFile(path.join(folder, 'profile 16.tif'), bars);
    await oiiotool('profile 16.tif', '-d', 'float', '-o', 'profile.tif');
    expect(await differenceFrom(path.join(folder, 'bars.png'), await processed('profile.tif'))).toBeLessThan(8);
  });

  test.each([
    [1, 'ramp.png'],
    [3, 'bars.png'],
  ])('processStill shows a TIFF of %i channels of 32-bit integers unchanged', async (samples, reference) => {
    const pixels = await sharp(path.join(folder, reference)).removeAlpha().raw().toBuffer();
    const values = [...pixels].filter((_, index) => samples === 3 || index % 3 === 0).map((value) => value / 255);
    const result = await processed(`integer ${samples}.tif`, integerTiff(WIDTH, HEIGHT, samples, values));
    expect(await differenceFrom(path.join(folder, reference), result)).toBeLessThan(3);
  });

  test('processStill uses oiiotool for a TIFF with old-style JPEG compression', async () => {
    const bars = sharp(path.join(folder, 'bars.png')).removeAlpha();
    const jpeg = await bars.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    const result = await processed('old.tif', oldJpegTiff(WIDTH, HEIGHT, jpeg));
    expect(await differenceFrom(path.join(folder, 'bars.png'), result)).toBeLessThan(6);
  });

  test('processStill uses oiiotool for a TIFF with logarithmic luminance', async () => {
    const result = await processed('log.tif', logLTiff(WIDTH, HEIGHT));
    // A ramp of light in sRGB (IEC 61966-2-1).
    const srgb = (light: number) => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
    const row = Array.from({ length: WIDTH }, (_, x) => Math.round(255 * srgb(x / (WIDTH - 1))));
    const ramp = Buffer.from(Array.from({ length: HEIGHT }, () => row).flat());
    const reference = await sharp(ramp, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
      .png()
      .toBuffer();
    // libtiff returns 8 bits of the square root of light, which is close to sRGB.
    expect(await differenceFrom(reference, result)).toBeLessThan(8);
  });

  test('processStill ignores a coverage channel that was never filled', async () => {
    await oiiotool('bars.png', '--ch', 'R,G,B,A=0', '--attrib', 'oiio:UnassociatedAlpha', '1', '-o', 'uncovered.tga');
    expect(await differenceFrom(path.join(folder, 'bars.png'), await processed('uncovered.tga'))).toBeLessThan(3);
  });
});

test('processStill shows 16-bit wide-gamut colours unchanged', async () => {
  const wide = await processed('wide.png', await inDisplayP3().png().toBuffer());
  expect(await differenceFrom(path.join(folder, 'bars.png'), wide)).toBeLessThan(4);
});

test.skipIf(tools.ffmpeg === null)('processStill uses ffmpeg for an AVIF sequence', async () => {
  await makeWithFfmpeg(
    path.join(folder, 'sequence.mp4'),
    `-loop 1 -i ${path.join(folder, 'bars.png')} -frames:v 2 -c:v libaom-av1 -cpu-used 8 -crf 10 -pix_fmt yuv444p -movflags +write_colr`,
  );
  const bytes = await readFile(path.join(folder, 'sequence.mp4'));
  bytes.write('avis', 8, 'latin1');
  expect(await differenceFrom(path.join(folder, 'bars.png'), await processed('sequence.avif', bytes))).toBeLessThan(8);
});

test.each([
  [
    'lab.psd',
    psd(40, 30, [128, 128, 128], { mode: 9, merged: true }),
    'The PSD file cannot be read here: Photoshop file of 3 channels of 8 bits, L*a*b* colour.',
  ],
  [
    'layers.psd',
    psd(40, 30, [128, 128, 128], { mode: 3, merged: false }),
    'The PSD file cannot be read here: a Photoshop file that was saved without its merged picture (Maximize Compatibility).',
  ],
])('processStill reports that %s cannot be read here, and not that it is damaged', async (name, bytes, problem) => {
  expect(await processed(name, bytes)).toMatchObject({ thumbnailKey: null, problem });
});

test('processStill reports a TIFF as damaged when all readers find it damaged', async () => {
  const whole = await sharp(path.join(folder, 'bars.png')).tiff({ compression: 'lzw' }).toBuffer();
  const cut = Buffer.concat([whole.subarray(0, 200), Buffer.alloc(whole.length - 200, 0xa5)]);
  expect((await processed('cut.tif', cut)).problem).toContain('is damaged or not what its name says');
});
