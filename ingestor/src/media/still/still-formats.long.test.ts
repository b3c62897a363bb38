/** Checks that the thumbnail of every kind of still looks like its source picture. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { dng, halfFloatTiff } from '../../testing/odd-pictures.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools, type InstalledTools } from '../tools/installed-tools.ts';
import { processStill, type StillResult } from './still-pass.ts';

const signal = new AbortController().signal;
const tools: InstalledTools = await findTools(signal);
const run = promisify(execFile);

let folder: string;
let store: DerivativeStore;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-formats-'));
  store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  await picture().png().toFile(path.join(folder, 'base.png'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Orange, teal and olive stripes. */
function picture(): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="40" height="80" fill="#c86432"/>
    <rect x="40" width="40" height="80" fill="#328c96"/><rect x="80" width="40" height="80" fill="#788228"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}
const STRIPES = [
  [0xc8, 0x64, 0x32],
  [0x32, 0x8c, 0x96],
  [0x78, 0x82, 0x28],
];

async function processed(name: string): Promise<StillResult> {
  const source = { fileType: 'image', files: [path.join(folder, name)], frames: null } as const;
  return processStill(source, { host: 'test', tools, store, signal });
}

/** Returns the colours of the three stripes in the thumbnail. */
async function stripes({ thumbnailKey }: StillResult): Promise<number[][]> {
  const thumbnail = await sharp(store.pathOf(thumbnailKey ?? ''))
    .removeAlpha()
    .png()
    .toBuffer();
  return Promise.all(
    [10, 50, 90].map(async (left) => {
      const part = await sharp(thumbnail).extract({ left, top: 20, width: 20, height: 40 }).png().toBuffer();
      return (await sharp(part).stats()).channels.map(({ mean }) => mean);
    }),
  );
}

async function expectStripes(result: StillResult, within: number): Promise<void> {
  expect(result.problem).toBeNull();
  expect([result.facts.width, result.facts.height]).toEqual([120, 80]);
  for (const [index, colour] of (await stripes(result)).entries()) {
    const off = colour.map((value, channel) => Math.abs(value - (STRIPES[index]?.[channel] ?? 0)));
    expect(Math.max(...off), `stripe ${index} is ${colour}`).toBeLessThan(within);
  }
}

/** Tolerance for colours that went through another gamut or a lossy codec. */
const [EXACT, NEAR, FAR] = [6, 16, 60];

test.each<[name: string, make: (picture: Sharp) => Sharp, within: number]>([
  ['8 bit.png', (it) => it.png(), EXACT],
  ['16 bit.png', (it) => it.toColourspace('rgb16').png(), EXACT],
  ['palette.png', (it) => it.png({ palette: true }), EXACT],
  ['interlaced.png', (it) => it.png({ progressive: true }), EXACT],
  ['alpha.png', (it) => it.ensureAlpha(1).png(), EXACT],
  ['wide gamut.png', (it) => it.withIccProfile('p3').png(), EXACT],
  ['16 bit.tif', (it) => it.toColourspace('rgb16').tiff({ compression: 'none' }), EXACT],
  ['tiled.tif', (it) => it.tiff({ compression: 'lzw', tile: true, tileWidth: 64, tileHeight: 64 }), EXACT],
  ['pyramid.tif', (it) => it.tiff({ compression: 'deflate', tile: true, pyramid: true }), EXACT],
  ['big.tif', (it) => it.tiff({ bigtiff: true, compression: 'none' }), EXACT],
  ['progressive.jpg', (it) => it.jpeg({ progressive: true, quality: 95 }), NEAR],
  ['print.jpg', (it) => it.toColourspace('cmyk').jpeg({ quality: 95 }), FAR],
  ['print.tif', (it) => it.toColourspace('cmyk').tiff({ compression: 'none' }), FAR],
  ['photo.avif', (it) => it.avif({ quality: 90 }), NEAR],
  ['photo.webp', (it) => it.webp({ quality: 95 }), NEAR],
  ['photo.gif', (it) => it.gif(), EXACT],
])('processStill shows %s unchanged', async (name, make, within) => {
  await make(picture()).toFile(path.join(folder, name));
  await expectStripes(await processed(name), within);
});

test('processStill treats a half-float TIFF as linear light', async () => {
  // 0.5 in linear light is 188 of 255 in sRGB.
  await writeFile(path.join(folder, 'half.tif'), halfFloatTiff(120, 80, 0x3800));
  for (const colour of await stripes(await processed('half.tif'))) {
    for (const value of colour) expect(Math.abs(value - 188)).toBeLessThan(3);
  }
});

test('processStill shows the first picture of an animation, and counts its pictures', async () => {
  await makeWithFfmpeg(path.join(folder, 'animated.gif'), '-f lavfi -i testsrc=s=120x80:d=1:r=5');
  expect(await processed('animated.gif')).toMatchObject({ problem: null, details: { still: { pages: 5 } } });
});

describe.skipIf(tools.oiiotool === null)('with oiiotool', () => {
  const LIGHT = ['--colorconvert', 'sRGB', 'linear'];

  test.each<[name: string, args: readonly string[], within: number]>([
    ['photo.heic', [], NEAR],
    ['photo.jp2', [], NEAR],
    ['plain.tga', [], EXACT],
    ['plain.bmp', [], EXACT],
    ['plain.sgi', [], EXACT],
    ['plain.dpx', ['-d', 'uint10'], EXACT],
    ['twelve.dpx', ['-d', 'uint12'], EXACT],
    ['light.hdr', LIGHT, EXACT],
    ['light.tif', [...LIGHT, '-d', 'float'], EXACT],
    ['half.exr', [...LIGHT, '-d', 'half'], EXACT],
    ['float.exr', [...LIGHT, '-d', 'float', '--compression', 'zips'], EXACT],
    ['lossy.exr', [...LIGHT, '-d', 'half', '--compression', 'dwaa'], NEAR],
    ['tiled.exr', [...LIGHT, '--tile', '32', '32'], EXACT],
    ['view.exr', [...LIGHT, '--chnames', 'left.R,left.G,left.B'], EXACT],
    ['parts.exr', [...LIGHT, '-dup', '--siappend'], EXACT],
  ])('processStill shows %s unchanged', async (name, args, within) => {
    await run('oiiotool', ['base.png', ...args, '-o', name], { cwd: folder });
    await expectStripes(await processed(name), within);
  });

  test('processStill places a data window correctly in its display window', async () => {
    const place = ['--origin', '+60+10', '--fullsize', '240x160+0+0'];
    await run('oiiotool', ['base.png', ...LIGHT, ...place, '-o', 'window.exr'], { cwd: folder });
    const result = await processed('window.exr');
    expect(result).toMatchObject({
      facts: { width: 240, height: 160 },
      details: { frame: { data_window: [60, 10, 180, 90], display_window: [0, 0, 240, 160] } },
    });
    const thumbnail = sharp(store.pathOf(result.thumbnailKey ?? ''));
    const { data } = await thumbnail.raw().toBuffer({ resolveWithObject: true });
    const red = (x: number, y: number) => data[(y * 240 + x) * 3] ?? -1;
    expect([red(20, 20) < 10, red(80, 40) > 180, red(80, 120) < 10]).toEqual([true, true, true]);
  });

  test('processStill reads the timecode, rate and reel of a plate', async () => {
    const tags = [
      ...['--attrib:type=timecode', 'smpte:TimeCode', '01:02:03:04', '--attrib:type=string', 'reelName', 'A001'],
      ...['--attrib:type=rational', 'FramesPerSecond', '24000/1001'],
    ];
    await run('oiiotool', ['base.png', ...tags, '-o', 'plate.exr'], { cwd: folder });
    expect(await processed('plate.exr')).toMatchObject({
      facts: { frame_rate_numerator: 24000, frame_rate_denominator: 1001, codec: 'exr' },
      details: { timecode: '01:02:03:04', reel: 'A001' },
    });
  });

  test.each([
    [1, [48, 32]],
    [6, [32, 48]],
  ])('processStill develops a raw photograph, stored at orientation %i', async (orientation, size) => {
    await writeFile(path.join(folder, `${orientation}.dng`), dng(48, 32, orientation));
    const result = await processed(`${orientation}.dng`);
    expect(result).toMatchObject({ problem: null, details: { camera: { make: 'Harbour', model: 'Model One' } } });
    expect([result.facts.width, result.facts.height]).toEqual(size);
  });
});

test.skipIf(tools.ffmpeg === null)(
  'processStill falls back to ffmpeg for formats that no other reader knows',
  async () => {
    await run('ffmpeg', ['-v', 'error', '-y', '-i', 'base.png', 'only.pcx'], { cwd: folder });
    await expectStripes(await processed('only.pcx'), EXACT);
  },
);

test('processStill names the missing program', async () => {
  await writeFile(path.join(folder, 'alone.exr'), 'v/1\x01');
  const source = { fileType: 'image', files: [path.join(folder, 'alone.exr')], frames: null } as const;
  const none = { ffmpeg: null, ffprobe: null, oiiotool: null };
  expect((await processStill(source, { host: 'nas-1', tools: none, store, signal })).problem).toContain(
    'oiiotool is not installed on nas-1',
  );
});
