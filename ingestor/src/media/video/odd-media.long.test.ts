/** Takes every odd file of the corpus through probing and one decode, down to the pixels. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Expected } from '@ingesthub/fixtures/odd-media/odd-file.ts';
import { ODD_MEDIA, writeOddMedia } from '@ingesthub/fixtures/odd-media/odd-media.ts';
import { CORNERS } from '@ingesthub/fixtures/odd-media/test-card.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { probe } from '../probe.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import type { MediaSource } from '../tools/media-source.ts';
import { runTool } from '../tools/run-tool.ts';
import { deriveVideo, type VideoDerivatives } from './derive-video.ts';
import { ffprobe, type ProbedMedia } from './ffprobe.ts';

const signal = new AbortController().signal;
const tools = await findTools(signal);
const ALL = { thumbnail: true, proxy: true, sprite: true, waveform: true };

describe.skipIf(tools.ffmpeg === null)('odd media', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-odd-'));
    store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
    await writeOddMedia(path.join(folder, 'media'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function derive(name: string): Promise<VideoDerivatives> {
    const file = path.join(folder, 'media', name);
    const source: MediaSource = { fileType: fileTypeOf(name), files: [file], frames: null };
    const context = { host: 'test', tools, store, signal };
    await probe(source, context);
    return deriveVideo(source, await ffprobe(file, signal), `ab${name.replaceAll(/\W/g, '')}`, ALL, context);
  }

  test.each(ODD_MEDIA.filter(({ expected }) => expected.verdict === 'unreadable'))(
    '$name ($what) has a reason',
    async ({ name, expected }) => {
      const problem = await derive(name).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(MediaProblem);
      expect((problem as MediaProblem).message).toMatch(expected.words ?? /./);
    },
  );

  test.each(ODD_MEDIA.filter(({ expected }) => expected.verdict !== 'unreadable'))(
    '$name ($what) has correct derivatives',
    async ({ name, expected }) => {
      const { made, placeholder, warning } = await derive(name);
      if (expected.verdict === 'partly') expect(warning).toMatch(expected.words ?? /./);
      const proxy = await ffprobe(store.pathOf(made.proxy ?? ''), signal);
      expectProxy(proxy, expected);
      if (expected.frames !== undefined)
        expect(await countFrames(store.pathOf(made.proxy ?? ''))).toBe(expected.frames);
      if (expected.sound !== undefined) expect('waveform' in made).toBe(expected.sound);
      if (made.waveform) expectTone(await readFile(store.pathOf(made.waveform), 'utf8'));
      if (expected.size === null) {
        expect([made.thumbnail, made.sprite, placeholder]).toEqual([undefined, undefined, null]);
        return;
      }
      await expectSprite(store.pathOf(made.sprite ?? ''));
      await expectPicture(store.pathOf(made.thumbnail ?? ''), expected);
    },
  );
});

function expectProxy(proxy: ProbedMedia, { size, seconds, sound }: Expected): void {
  if (sound !== undefined) expect(proxy.hasAudio).toBe(sound);
  expect(proxy.hasVideo).toBe(size !== null);
  if (size) {
    expect([proxy.facts.width, proxy.facts.height]).toEqual(size);
    expect(proxy.details.video).toMatchObject({
      ...{ pixel_format: 'yuv420p', color_range: 'tv', color_space: 'bt709' },
      ...{ color_transfer: 'bt709', color_primaries: 'bt709' },
    });
    expect(proxy.details.video?.rotation).toBeUndefined();
    expect(proxy.details.timecode).toBeUndefined();
  }
  // AAC and MP3 begin with some silence, and frames have a duration.
  if (seconds !== undefined) expect(Math.abs((proxy.facts.duration_seconds ?? 0) - seconds)).toBeLessThan(0.09);
}

function expectTone(json: string): void {
  const { version, bits, channels, length, data } = JSON.parse(json) as Record<string, unknown> & { data: number[] };
  expect({ version, bits, channels, points: data.length }).toEqual({
    ...{ version: 2, bits: 8, channels: 1 },
    points: Number(length) * 2,
  });
  expect(Math.max(...data)).toBeGreaterThan(10);
  expect(Math.min(...data)).toBeLessThan(-10);
}

async function countFrames(file: string): Promise<number> {
  const args = ['-v', 'error', '-count_packets', '-select_streams', 'v', '-show_entries', 'stream=nb_read_packets'];
  const { stdout } = await runTool('ffprobe', [...args, '-of', 'csv=p=0', file], { signal, timeoutMs: 60_000 });
  return Number(stdout.toString().trim());
}

async function expectSprite(file: string): Promise<void> {
  const { width, height, format } = await sharp(file).metadata();
  expect([format, width % 20, height % 20, Math.max(width, height) <= 1600]).toEqual([...['jpeg', 0, 0, true]]);
  // The last tile shows a picture, not blank space.
  const [tileWidth, tileHeight] = [width / 10, height / 10];
  const last = await sharp(file)
    .extract({ left: tileWidth * 9, top: tileHeight * 9, width: tileWidth, height: tileHeight })
    .toBuffer();
  expect(Math.max(...(await sharp(last).stats()).channels.map(({ mean }) => mean))).toBeGreaterThan(20);
}

async function expectPicture(file: string, { colours = 'card', round, straight }: Expected): Promise<void> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    return [...data.subarray(offset, offset + 3)];
  };
  if (round) expect(Math.abs(discSpan(data, info, 'x') - discSpan(data, info, 'y'))).toBeLessThanOrEqual(3);
  if (straight) expect(raggedness(data, info)).toBeLessThan(2);
  if (colours === null) return;
  for (const [index, [corner, colour]] of Object.entries(CORNERS).entries()) {
    const seen = at(index % 2 === 0 ? 0.12 : 0.88, index < 2 ? 0.12 : 0.88);
    const right = index % 2 === 1;
    const wanted = colours === 'over-grey' && right ? [119, 119, 119] : colour;
    // Bright HDR colours are rolled off; grey keeps its level, and each colour keeps its hue.
    const tolerance = colours === 'tone-mapped' && corner !== 'bottomRight' ? 45 : 10;
    const away = seen.map((value, channel) => Math.abs(value - (wanted[channel] ?? 0)));
    expect(Math.max(...away), `${corner} is ${seen.join()} instead of ${wanted.join()}`).toBeLessThanOrEqual(tolerance);
  }
}

/** Counts the pixels of the bright disc along a line through the middle. */
function discSpan(data: Buffer, { width, height }: { width: number; height: number }, axis: 'x' | 'y'): number {
  let span = 0;
  for (let position = 0; position < (axis === 'x' ? width : height); position++) {
    const [x, y] = axis === 'x' ? [position, height >> 1] : [width >> 1, position];
    if ((data[(y * width + x) * 3] ?? 0) > 220 && (data[(y * width + x) * 3 + 2] ?? 0) > 220) span += 1;
  }
  return span;
}

/** Returns the mean number of pixels that differ between neighbouring rows above the disc. */
function raggedness(data: Buffer, { width }: { width: number }): number {
  const rows = { first: 8, last: 48 };
  let differing = 0;
  for (let offset = rows.first * width * 3; offset < rows.last * width * 3; offset += 3) {
    if (Math.abs((data[offset] ?? 0) - (data[offset + width * 3] ?? 0)) > 60) differing += 1;
  }
  return differing / (rows.last - rows.first);
}
