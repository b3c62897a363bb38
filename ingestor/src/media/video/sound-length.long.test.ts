/** Checks the length of sounds, and the warnings for truncated ones. */
import { copyFile, mkdtemp, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { probe } from '../probe.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import type { MediaSource } from '../tools/media-source.ts';
import { deriveVideo } from './derive-video.ts';

const signal = new AbortController().signal;
const tools = await findTools(signal);
const TONE = '-f lavfi -i sine=duration=20:sample_rate=48000';

describe.skipIf(tools.ffmpeg === null)('a sound', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-sounds-'));
    store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
    await makeWithFfmpeg(path.join(folder, 'tone.wav'), `${TONE} -c:a pcm_s16le`);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function known(name: string) {
    const source: MediaSource = { fileType: 'audio', files: [path.join(folder, name)], frames: null };
    const context = { host: 'test', tools, store, signal };
    const found = await probe(source, context);
    const wants = { thumbnail: false, proxy: found.needsProxy, sprite: false, waveform: true };
    const derive = () => deriveVideo(source, found, `ab${name.replaceAll(/\W/g, '')}`, wants, context);
    const { warning, seconds } = await derive();
    // Another asset with the same content finds all derivatives made.
    const again = await derive();
    return { claimed: found.facts.duration_seconds, seconds, warning, again: again.warning, details: found.details };
  }

  test.each([
    ['wav', '-c:a pcm_s16le', 20],
    ['w64', '-c:a pcm_s16le', 20],
    ['flac', '-c:a flac', 20],
    ['mp3', '-c:a libmp3lame -b:a 64k', 20],
    ['m4a', '-c:a aac -movflags +faststart', 20],
  ])('that is truncated in %s reports how much of it can be played', async (extension, codec, seconds) => {
    const file = path.join(folder, `cut.${extension}`);
    await makeWithFfmpeg(file, `-i ${path.join(folder, 'tone.wav')} ${codec}`);
    await truncate(file, Math.floor((await stat(file)).size * 0.4));
    const { claimed, warning, again } = await known(`cut.${extension}`);
    expect(claimed).toBeCloseTo(seconds, 0);
    expect(warning).toMatch(/^The file is damaged or incomplete: [678]\.\d of 20\.\d seconds can be played\.$/);
    expect(again).toMatch(/^The file is damaged or incomplete: \d\.\d of 20\.\d seconds can be played\.$/);
  });

  test.each([
    ['ogg', '-c:a libvorbis'],
    ['opus', '-c:a libopus'],
    ['wma', '-c:a wmav2'],
  ])('that is truncated in %s, which states no length, reports that its end is missing', async (extension, codec) => {
    const file = path.join(folder, `cut.${extension}`);
    await makeWithFfmpeg(file, `-i ${path.join(folder, 'tone.wav')} ${codec}`);
    expect((await known(`cut.${extension}`)).warning).toBeNull();
    await truncate(file, Math.floor((await stat(file)).size * 0.4));
    await rename(file, path.join(folder, `half.${extension}`));
    const { warning, again } = await known(`half.${extension}`);
    expect(warning).toMatch(/^The file is damaged or incomplete.* [5678]\.\d (?:of 20\.\d )?seconds can be played\.$/);
    expect(again).toMatch(/^The file is damaged or incomplete/);
  });

  test.each(['wav -rf64 always', 'mp3', 'm4a', 'ogg', 'opus', 'wma'])(
    'that is whole has no warning: %s',
    async (args) => {
      const [extension, ...codec] = args.split(' ');
      const name = `whole${args.length}.${extension}`;
      await makeWithFfmpeg(path.join(folder, name), `-i ${path.join(folder, 'tone.wav')} ${codec.join(' ')}`.trim());
      const { claimed, warning } = await known(name);
      expect([Math.round(claimed ?? 0), warning]).toEqual([20, null]);
    },
  );

  test.each([
    ['aac', '-c:a aac'],
    ['mp3', '-c:a libmp3lame -q:a 5 -write_xing 0'],
  ])('whose header states no length (%s) gets the decoded length', async (extension, codec) => {
    const file = path.join(folder, `raw.${extension}`);
    // Starts with silence, so that a guess by the first second's rate is far off.
    const quiet = `-af volume=enable='lt(t,15)':volume=0`;
    await makeWithFfmpeg(file, `-i ${path.join(folder, 'tone.wav')} ${quiet} ${codec}`);
    const { claimed, seconds, warning } = await known(`raw.${extension}`);
    expect([claimed, warning]).toEqual([null, null]);
    expect(seconds).toBeCloseTo(20, 0);
  });

  test.each([0xffffffff, 0x7fffffff])(
    'that was recorded as a stream (length %i) has its true length',
    async (length) => {
      const file = path.join(folder, `stream${length}.wav`);
      await copyFile(path.join(folder, 'tone.wav'), file);
      const at = (await readFile(file)).indexOf('data') + 4;
      await using handle = await open(file, 'r+');
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(length);
      await handle.write(bytes, 0, 4, at);
      const { claimed, warning } = await known(`stream${length}.wav`);
      expect([Math.round(claimed ?? 0), warning]).toEqual([20, null]);
    },
  );

  test('of a recorder begins at its time reference', async () => {
    const args = '-c:a pcm_s24le -write_bext 1 -metadata time_reference=172812000';
    await makeWithFfmpeg(path.join(folder, 'take.wav'), `-i ${path.join(folder, 'tone.wav')} ${args}`);
    expect((await known('take.wav')).details.timecode).toBe('01:00:00.250');
    // After the samples, as recorders write it.
    const xml = '<BWFXML><SPEED><TIMECODE_RATE>24/1</TIMECODE_RATE></SPEED></BWFXML>';
    const chunk = Buffer.from(`iXML\0\0\0\0${xml}`.padEnd(8 + xml.length + (xml.length % 2), ' '));
    chunk.writeUInt32LE(chunk.length - 8, 4);
    const bytes = await readFile(path.join(folder, 'take.wav'));
    await writeFile(path.join(folder, 'timed.wav'), Buffer.concat([bytes, chunk]));
    expect((await known('timed.wav')).details.timecode).toBe('01:00:00:06');
  });

  test('of a kind that cannot be decoded here is not called damaged', async () => {
    const file = path.join(folder, 'speech.mp4');
    await makeWithFfmpeg(file, '-f lavfi -i sine=duration=1 -c:a aac');
    const bytes = await readFile(file);
    // The decoder's description: type 42, 44.1 kHz, one channel.
    const at = bytes.indexOf(Buffer.from([5, 0x80, 0x80, 0x80]), bytes.indexOf('esds')) + 5;
    bytes.set([0xf9, 0x48, 0x20, 0, 0], at);
    await writeFile(file, bytes);
    const version = Number.parseFloat(tools.ffmpeg ?? '0');
    const result = known('speech.mp4');
    if (version < 7) await expect(result).rejects.toThrow('The MP4 file cannot be read here: xHE-AAC audio.');
    else await result.catch(() => {});
  });
});
