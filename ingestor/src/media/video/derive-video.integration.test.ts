import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { derivativeKey } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import type { MediaSource } from '../tools/media-source.ts';
import { decode } from './decode.ts';
import { deriveVideo, type VideoWants } from './derive-video.ts';
import { ffprobe, type ProbedMedia } from './ffprobe.ts';
import { readPicture } from './made-pictures.ts';
import { isLong, quickThumbnail } from './quick-thumbnail.ts';
import { PICTURE_FILE } from './video-arguments.ts';

const signal = new AbortController().signal;
const tools = await findTools(signal);
const NOTHING: VideoWants = { thumbnail: false, proxy: false, sprite: false, waveform: false };
const ALL: VideoWants = { thumbnail: true, proxy: true, sprite: true, waveform: true };
/** A video whose brightness encodes the time, from black to white. */
const fade = (seconds: number) =>
  `-f lavfi -i color=black:size=160x90:rate=10:duration=${seconds},format=gray,geq=lum=255*T/${seconds},format=yuv420p`;

describe.skipIf(tools.ffmpeg === null)('deriveVideo', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-videos-'));
    store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const context = () => ({ host: 'test', tools, store, signal });
  const sourceOf = (name: string): MediaSource => ({
    ...{ fileType: 'video', files: [path.join(folder, name)], frames: null },
  });
  async function write(name: string, args: string): Promise<{ source: MediaSource; found: ProbedMedia }> {
    await makeWithFfmpeg(path.join(folder, name), args);
    return { source: sourceOf(name), found: await ffprobe(path.join(folder, name), signal) };
  }

  /** Returns the grey in the middle of each tile. */
  async function greysOf(sprite: string): Promise<number[]> {
    const { data, info } = await sharp(store.pathOf(sprite)).greyscale().raw().toBuffer({ resolveWithObject: true });
    const [width, height] = [info.width / 10, info.height / 10];
    return Array.from({ length: 100 }, (_, tile) => {
      const [x, y] = [(tile % 10) * width + width / 2, Math.floor(tile / 10) * height + height / 2];
      return data[Math.floor(y) * info.width + Math.floor(x)] ?? 0;
    });
  }

  function expectEvenSpread(greys: readonly number[], tolerance: number): void {
    for (const [tile, grey] of greys.entries()) {
      // Players show limited range, so full-range grey comes back as full-range grey.
      expect(Math.abs(grey - (255 * (tile + 0.5)) / 100), `tile ${tile} is ${grey}`).toBeLessThan(tolerance);
    }
  }

  test('makes a sprite with tiles evenly spread over time, and a thumbnail at a tenth of the length', async () => {
    const { source, found } = await write('fade.mov', `${fade(20)} -c:v prores_ks`);
    const { made, placeholder } = await deriveVideo(source, found, 'aafade', ALL, context());
    expect(Object.keys(made).sort()).toEqual(['proxy', 'sprite', 'thumbnail']);
    expectEvenSpread(await greysOf(made.sprite ?? ''), 8);
    const { channels } = await sharp(store.pathOf(made.thumbnail ?? '')).stats();
    expect(Math.abs((channels[0]?.mean ?? 0) - 25.5)).toBeLessThan(8);
    expect(placeholder?.length).toBeGreaterThan(5);
    expect(await readdir(path.join(folder, 'derivatives/.making-test'))).toEqual([]);
  });

  test('fails for a sound that cannot be decoded, instead of making an empty proxy', async () => {
    const { source, found } = await write('zeros.caf', '-f lavfi -i sine=duration=1 -c:a alac');
    const [file] = source.files;
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0, bytes.indexOf('data') + 16, bytes.indexOf('pakt')));
    const made = deriveVideo(source, found, 'aazeros', { ...NOTHING, proxy: true, waveform: true }, context());
    await expect(made).rejects.toThrow('The CAF file has no sound that can be decoded.');
    expect(await store.has(derivativeKey('proxy', { hash: 'aazeros', extension: 'caf' }))).toBe(false);
  });

  test('fails for a sound of a few samples, instead of making an empty proxy', async () => {
    const { source, found } = await write('click.wav', '-f lavfi -i sine=sample_rate=5512 -af atrim=end_sample=6');
    const made = deriveVideo(source, found, 'aaclick', { ...NOTHING, proxy: true, waveform: true }, context());
    await expect(made).rejects.toThrow('The WAV file has too little sound to be played.');
    expect(await store.has(derivativeKey('proxy', { hash: 'aaclick', extension: 'wav' }))).toBe(false);
  });

  test('makes only the missing derivatives', async () => {
    const { source, found } = await write('again.mov', `${fade(2)} -c:v prores_ks`);
    const { made } = await deriveVideo(source, found, 'aaagain', ALL, context());
    const proxy = store.pathOf(made.proxy ?? '');
    const before = await stat(proxy);
    await rm(store.pathOf(made.sprite ?? ''));
    expect((await deriveVideo(source, found, 'aaagain', ALL, context())).made).toEqual(made);
    expect((await stat(proxy)).ino).toBe(before.ino);
    // Nothing is missing, so the file is not even opened.
    await writeFile(source.files[0], '');
    expect((await deriveVideo(source, found, 'aaagain', ALL, context())).made).toEqual(made);
  });

  test('samples a long video that needs no proxy by its keyframes', async () => {
    const { source, found } = await write('long.mp4', `${fade(130)} -c:v libx264 -preset ultrafast -g 10`);
    const { made } = await deriveVideo(
      source,
      found,
      'bblong',
      { ...NOTHING, thumbnail: true, sprite: true },
      context(),
    );
    expectEvenSpread(await greysOf(made.sprite ?? ''), 10);
    expect(isLong(found)).toBe(true);
    const quick = await quickThumbnail(source, found, 'bbquick', context());
    const { channels } = await sharp(store.pathOf(quick.made.thumbnail ?? '')).stats();
    expect(Math.abs((channels[0]?.mean ?? 0) - 25.5)).toBeLessThan(8);
  });

  test.each([
    ['no', null],
    ['too short a', 2],
    ['too long a', 200],
  ])('spreads the tiles evenly when a file claims %s duration', async (_, duration_seconds) => {
    const { source, found } = await write('claims.mkv', `${fade(20)} -c:v ffv1`);
    const claimed = { ...found, facts: { ...found.facts, duration_seconds } };
    const { made } = await deriveVideo(source, claimed, `cc${duration_seconds}`, ALL, context());
    expectEvenSpread(await greysOf(made.sprite ?? ''), 8);
  });

  test.each([
    ['its length is unknown', null],
    ['it claims to be longer than it is', 300],
  ])(
    'takes the first picture when a file ends before the position that was sought: %s',
    async (_, duration_seconds) => {
      const { source, found } = await write('short.mkv', `${fade(2)} -c:v ffv1`);
      const claimed = { ...found, facts: { ...found.facts, duration_seconds } };
      const wants = { ...NOTHING, thumbnail: true };
      const { made, warning } = await deriveVideo(source, claimed, `ff${duration_seconds}`, wants, context());
      const { channels } = await sharp(store.pathOf(made.thumbnail ?? '')).stats();
      expect(channels[0]?.mean).toBeLessThan(8);
      expect(warning).toBeNull();
    },
  );

  test.each([
    ['alone', { ...NOTHING, sprite: true }],
    ['with a thumbnail', { ...NOTHING, sprite: true, thumbnail: true }],
    ['with all', ALL],
  ])('makes a sprite, %s, of a single picture of unknown length', async (_, wants) => {
    const { source, found } = await write(
      'single.mkv',
      '-f lavfi -i color=white:size=160x90:rate=25 -frames:v 1 -c:v ffv1',
    );
    const unknown = { ...found, facts: { ...found.facts, duration_seconds: null } };
    const hash = `hh${Object.values(wants).join('')}`;
    const { made } = await deriveVideo(source, unknown, hash, wants, context());
    expect(Math.min(...(await greysOf(made.sprite ?? '')))).toBeGreaterThan(240);
  });

  test('stops reading at the frame of a thumbnail that was sought', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(64 * 64);
    }
    const input = ['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', '64x64', '-i', 'pipe:0'];
    const thumbnail = { size: { width: 64, height: 64 }, atSeconds: 0 };
    const picture = { filters: 'null', proxy: null, sheet: null, thumbnail };
    const options = { folder, timeoutMs: 20_000, signal, transform: null, frames: endless() };
    await decode({ input, picture, sound: null }, options);
    expect(await readPicture(path.join(folder, PICTURE_FILE))).toMatchObject({ width: 64, height: 64 });
  });

  test('makes the waveform of the audible sound, in one decode with the proxy', async () => {
    // Silence, then a full-scale square wave on the left channel only: half of it in the mean of both.
    const wave = "-f lavfi -i aevalsrc='if(lt(t,1),0,sgn(sin(2*PI*100*t)))|0:s=48000:d=2'";
    const { source, found } = await write('wave.aiff', `${wave} -c:a pcm_s16be`);
    const { made } = await deriveVideo(source, found, 'ddwave', ALL, context());
    expect(Object.keys(made).sort()).toEqual(['proxy', 'waveform']);
    const waveform = JSON.parse(await readFile(store.pathOf(made.waveform ?? ''), 'utf8')) as {
      sample_rate: number;
      samples_per_pixel: number;
      length: number;
      data: number[];
    };
    expect(waveform.sample_rate).toBe(48000);
    const points = waveform.length;
    expect(points * waveform.samples_per_pixel).toBeGreaterThanOrEqual(96_000);
    expect(points).toBeGreaterThan(1800);
    expect(new Set(waveform.data.slice(0, Math.floor(points * 0.98)))).toEqual(new Set([0]));
    const loud = waveform.data.slice(Math.ceil(points * 1.02));
    expect([Math.min(...loud), Math.max(...loud)].map((value) => Math.abs(Math.abs(value) - 64) <= 1)).toEqual([
      ...[true, true],
    ]);
  });

  test('stops when its signal aborts, and leaves no files behind', async () => {
    const { source, found } = await write('aborted.mov', `${fade(20)} -c:v prores_ks`);
    const abort = new AbortController();
    const running = deriveVideo(source, found, 'eeabort', ALL, { ...context(), signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(await readdir(path.join(folder, 'derivatives/.making-test'))).toEqual([]);
    expect(await store.has('eeabort-proxy-3-mov.mp4')).toBe(false);
  });
});
