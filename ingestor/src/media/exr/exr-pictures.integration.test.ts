/**
 * Previews of EXR files show what people see in a compositing program: the right part, whole, unsqueezed, in the right
 * colours.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { differingFrames } from '../still/frame-shapes.ts';
import { processStill } from '../still/still-pass.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import type { MediaSource } from '../tools/media-source.ts';
import { deriveVideo } from '../video/derive-video.ts';
import { ffprobe } from '../video/ffprobe.ts';
import { isExrWhole } from './is-exr-whole.ts';
import { readExrHeader } from './read-exr-header.ts';

const signal = new AbortController().signal;
const tools = await findTools(signal);
const run = promisify(execFile);
/** Halves of 160 x 90: orange light on the left, blue on the right. */
const HALVES = [
  ...['--create', '160x90', '3', '--fill:color=0.6,0.3,0.05', '80x90', '--fill:color=0.05,0.1,0.6', '80x90+80+0'],
  ...['-d', 'half'],
];
const [ORANGE, BLUE] = [
  [203, 149, 64],
  [64, 89, 203],
];

describe.skipIf(tools.oiiotool === null)('EXR pictures', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-exr-'));
    store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const oiiotool = (...args: readonly string[]) => run('oiiotool', [...args], { cwd: folder });

  async function shown(name: string, available = tools) {
    const source: MediaSource = { fileType: 'image', files: [path.join(folder, name)], frames: null };
    const result = await processStill(source, { host: 'nas-1', tools: available, store, signal });
    if (result.thumbnailKey === null) throw new Error(result.problem ?? 'no reason');
    const { data, info } = await sharp(store.pathOf(result.thumbnailKey))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => {
      const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
      return [...data.subarray(offset, offset + 3)];
    };
    return { ...result, size: [info.width, info.height], left: at(0.25, 0.5), right: at(0.75, 0.5), at };
  }

  function expectColour(seen: readonly number[], wanted: readonly number[] | undefined): void {
    const off = seen.map((value, channel) => Math.abs(value - (wanted?.[channel] ?? -99)));
    expect(Math.max(...off), `${seen} is not ${wanted}`).toBeLessThan(9);
  }

  test.each([
    ['tiled and mip-mapped', ['-otex', 'mip.exr'], 'mip.exr'],
    ['of strips', ['-o', 'strips.exr'], 'strips.exr'],
  ])('processStill shows a file that is %s in colour', async (_what, output, name) => {
    await oiiotool(...HALVES, ...output);
    const { left, right, details, problem } = await shown(name);
    expect([problem, details.frame?.channels]).toEqual([null, ['R', 'G', 'B']]);
    expectColour(left, ORANGE);
    expectColour(right, BLUE);
    expect(details.frame?.levels).toBe(name === 'mip.exr' ? 'mip' : undefined);
  });

  test('processStill shows the part with colours even when depth comes first', async () => {
    await oiiotool(
      ...['--create', '160x90', '1', '--chnames', 'Z', '-d', 'float', '--attrib', 'oiio:subimagename', 'depth'],
      ...[...HALVES, '--attrib', 'oiio:subimagename', 'rgba', '--siappend', '-o', 'parts.exr'],
    );
    const { left, right, details } = await shown('parts.exr');
    expectColour(left, ORANGE);
    expectColour(right, BLUE);
    expect(details.frame).toMatchObject({ channels: ['Z', 'R', 'G', 'B'], parts: 2, pixel_type: 'half' });
  });

  test('processStill unsqueezes pixels as the proxy of the same frames does', async () => {
    await mkdir(path.join(folder, 'seq'));
    await oiiotool(...HALVES, '--attrib', 'PixelAspectRatio', '2', '-o', 'wide.exr');
    const files: string[] = [];
    for (const frame of [1001, 1002]) {
      await oiiotool(...HALVES, '--attrib', 'PixelAspectRatio', '2', '-o', `seq/a.${frame}.exr`);
      files.push(path.join(folder, `seq/a.${frame}.exr`));
    }
    const still = await shown('wide.exr');
    expect(still.size).toEqual([320, 90]);
    expect([still.facts.width, still.facts.height]).toEqual([160, 90]);
    const source = { fileType: 'sequence', files, frames: [1001, 1002] } as unknown as MediaSource;
    const wants = { thumbnail: true, proxy: true, sprite: true, waveform: false };
    const context = { host: 'test', tools, store, signal };
    const { made } = await deriveVideo(source, still, 'abwide', wants, context);
    const { facts } = await ffprobe(store.pathOf(made.proxy ?? ''), signal);
    expect([facts.width, facts.height]).toEqual([320, 90]);
    const sizeOf = async (key: string | undefined) => sharp(store.pathOf(key ?? '')).metadata();
    expect(await sizeOf(made.thumbnail)).toMatchObject({ width: 320, height: 90 });
    expect(await sizeOf(made.sprite)).toMatchObject({ width: 1600, height: 460 });
  });

  test.each([
    ['left of and above the origin', ['--origin', '-40-20', '--fullsize', '160x90-40-20'], [160, 90], 0.25, 0.75],
    ['with a border around', ['--origin', '-40-20', '--fullsize', '240x150-80-50'], [240, 150], 0.3, 0.7],
    ['right of and below the origin', ['--origin', '+100+50', '--fullsize', '160x90+100+50'], [160, 90], 0.25, 0.75],
  ])('processStill shows the whole display window when it lies %s', async (_what, place, size, x, y) => {
    await oiiotool(...HALVES, ...place, '-o', 'window.exr');
    const { at, size: seen, facts } = await shown('window.exr');
    expect([seen, [facts.width, facts.height]]).toEqual([size, size]);
    expectColour(at(x, 0.5), ORANGE);
    expectColour(at(y, 0.5), BLUE);
  });

  test.each([
    // Rec. 709's orange and blue, expressed in these primaries; matrices from ITU-R BT.2087, SMPTE EG 432-1 and ACES
    // S-2014-004.
    [
      'Rec. 2020',
      [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329],
      [0.6274, 0.3293, 0.0433, 0.0691, 0.9195, 0.0114, 0.0164, 0.088, 0.8956],
    ],
    [
      'P3 of D65',
      [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329],
      [0.8225, 0.1774, 0, 0.0332, 0.9669, 0, 0.0171, 0.0724, 0.9108],
    ],
    [
      'ACEScg',
      [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767],
      [0.6131, 0.3395, 0.0474, 0.0702, 0.9164, 0.0134, 0.0206, 0.1096, 0.8698],
    ],
  ])(
    'processStill converts light of %s to the colours of Rec. 709',
    async (name, chromaticities, [a, b, c, d, e, f, g, h, i]) => {
      // oiiotool multiplies a row of values by the matrix.
      const matrix = [a, d, g, b, e, h, c, f, i].join(',');
      const written = ['--attrib:type=float[8]', 'chromaticities', chromaticities.join(',')];
      const file = `${name.replaceAll(/\W/g, '')}.exr`;
      await oiiotool(...HALVES, '-d', 'float', '--ccmatrix', matrix, ...written, '-o', file);
      const { left, right, details } = await shown(file);
      expectColour(left, ORANGE);
      expectColour(right, BLUE);
      expect(details.frame?.chromaticities).toHaveLength(8);
    },
  );

  test('processStill leaves light unchanged when its primaries are Rec. 709’s, or invalid', async () => {
    for (const [name, values] of [
      ['same.exr', '0.64,0.33,0.3,0.6,0.15,0.06,0.3127,0.329'],
      ['line.exr', '0.1,0.1,0.2,0.2,0.3,0.3,0.4,0.4'],
      ['nothing.exr', '0,0,0,0,0,0,0,0'],
    ] as const) {
      await oiiotool(...HALVES, '--attrib:type=float[8]', 'chromaticities', values, '-o', name);
      const { left, right } = await shown(name);
      expectColour(left, ORANGE);
      expectColour(right, BLUE);
    }
  });

  test('processStill without oiiotool shows what ffmpeg decodes correctly, and fails for the rest', async () => {
    const poor = { ...tools, oiiotool: null };
    await oiiotool(...HALVES, '--attrib', 'PixelAspectRatio', '2', '-o', 'plain.exr');
    const plain = await shown('plain.exr', poor);
    expect([plain.size, plain.facts.width]).toEqual([[320, 90], 160]);
    expectColour(plain.left, ORANGE);
    await oiiotool(...HALVES, '--chnames', 'a.R,a.G,a.B', '-o', 'layer.exr');
    await expect(shown('layer.exr', poor)).rejects.toThrow('only oiiotool shows correctly: install it on nas-1');
    await oiiotool('--create', '400x400', '3', '--noise:type=uniform', '-d', 'half', '-o', 'cut.exr');
    // ffmpeg shows half of a truncated picture without an error.
    await truncate(path.join(folder, 'cut.exr'), 100_000);
    await expect(shown('cut.exr', poor)).rejects.toThrow('pixels are missing at its end');
    await expect(shown('cut.exr')).rejects.toThrow('The EXR file');
  });

  test.each([
    ['of strips', []],
    ['of tiles', ['--tile', '64', '64']],
    ['with smaller sizes', ['-otex']],
    ['without compression', ['--compression', 'none']],
    ['with high blocks', ['--compression', 'dwab']],
  ])('isExrWhole distinguishes complete files %s from truncated ones', async (_what, args) => {
    const output = args.includes('-otex') ? ['-otex'] : [...args, '-o'];
    await oiiotool('--create', '200x300', '3', '--noise:type=uniform', '-d', 'half', ...output, 'whole.exr');
    const file = path.join(folder, 'whole.exr');
    const header = await readExrHeader(file);
    expect(await isExrWhole(file, header)).toBe(true);
    if (args.includes('-otex')) return;
    await truncate(file, (await stat(file)).size - 1);
    expect(await isExrWhole(file, header)).toBe(false);
    await truncate(file, header.length + 3);
    expect(await isExrWhole(file, header)).toBe(false);
  });

  test('isExrWhole calls a file damaged whose offsets lie beyond what can be read', async () => {
    await oiiotool('--create', '64x64', '3', '-d', 'half', '-o', 'offsets.exr');
    const file = path.join(folder, 'offsets.exr');
    const header = await readExrHeader(file);
    const bytes = await readFile(file);
    bytes.writeBigUInt64LE(8_606_207_838_304_825_000n, header.length);
    await writeFile(file, bytes);
    expect(await isExrWhole(file, header)).toBe(false);
  });

  test('a sequence shows frames of another size or with other channels, and reports them', async () => {
    await mkdir(path.join(folder, 'mixed'));
    const square = ['--create', '120x120', '3', '--fill:color=0.05,0.6,0.05', '120x120', '-d', 'half'];
    const written = [HALVES, square, HALVES, [...HALVES, '--chnames', 'x.R,x.G,x.B'], HALVES];
    const files: string[] = [];
    for (const [index, operations] of written.entries()) {
      files.push(path.join(folder, `mixed/a.000${index + 1}.exr`));
      await oiiotool(...operations, '-o', `mixed/a.000${index + 1}.exr`);
    }
    const source = { fileType: 'sequence', files, frames: [1, 2, 3, 4, 5] } as unknown as MediaSource;
    const context = { host: 'test', tools, store, signal };
    expect(await differingFrames(source, context)).toBe(
      '1 of 5 frames differs in size: 2 has 120 x 120 pixels, most have 160 x 90. 1 of 5 frames differs in channels: 4 has x.B, x.G, x.R, most have B, G, R.',
    );
    const wants = { thumbnail: false, proxy: true, sprite: false, waveform: false };
    const found = { facts: UNKNOWN_FACTS, details: {} };
    const { made, warning } = await deriveVideo(source, found, 'abmixed', wants, context);
    expect(warning).toBeNull();
    const args = ['-v', 'error', '-i', store.pathOf(made.proxy ?? ''), '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
    const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
    const at = (frame: number, x: number) => [...stdout.subarray(((frame * 90 + 45) * 160 + x) * 3).subarray(0, 3)];
    expectColour(at(2, 40), ORANGE);
    // A complete frame, surrounded by frames of the common shape.
    expectColour(at(1, 80), [64, 203, 64]);
    expectColour(at(1, 40), [64, 203, 64]);
    expectColour(at(1, 10), [0, 0, 0]);
    expectColour(at(3, 40), ORANGE);
    expectColour(at(3, 120), BLUE);
  });

  test('deriveVideo reports why when the frames have a broken header', async () => {
    await run('dd', ['if=/dev/zero', `of=${path.join(folder, 'zero.exr')}`, 'bs=1k', 'count=4']);
    const file = path.join(folder, 'zero.exr');
    const source = { fileType: 'sequence', files: [file, file], frames: [1, 2] } as unknown as MediaSource;
    const wants = { thumbnail: true, proxy: true, sprite: false, waveform: false };
    const found = { facts: UNKNOWN_FACTS, details: {} };
    const context = { host: 'test', tools, store, signal };
    await expect(deriveVideo(source, found, 'abzero', wants, context)).rejects.toBeInstanceOf(MediaProblem);
  });
});
