/**
 * Processes large pictures with all readers in parallel. Wrappers around the real programs report when they begin and
 * end, which counts how many pictures are decoded at once.
 */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { decodeSmall } from '../picture/pixels.ts';
import { processStill } from '../still/still-pass.ts';
import { deriveVideo } from '../video/derive-video.ts';
import { DerivativeStore } from './derivative-store.ts';
import { findTools } from './installed-tools.ts';
import { inTurn } from './large-pictures.ts';
import type { MediaContext, MediaSource } from './media-source.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
const tools = await findTools(signal);
const NOTHING_KNOWN = { facts: UNKNOWN_FACTS, details: {} };
const WANTS = { thumbnail: true, proxy: true, sprite: false, waveform: false };
/** Pixels of a large edge: for 16 channels, for ffmpeg's formats, and for four channels. */
const [LAYERED, PLAIN, COVERED] = [3_000, 8_200, 5_800];

describe.skipIf(tools.oiiotool === null || tools.ffmpeg === null)('large pictures', () => {
  let folder: string;
  let log: string;
  let context: MediaContext;
  const usualPath = process.env['PATH'] ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-large-'));
    log = path.join(folder, 'log');
    const store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
    context = { host: 'test', tools, store, signal };
    const programs = path.join(folder, 'programs');
    await mkdir(programs);
    for (const name of ['oiiotool', 'ffmpeg']) {
      const { stdout } = await run('which', [name]);
      // Header reads, and frames on a pipe that are small already, do not count as large.
      const script = `#!/bin/sh
case "$*" in *--info*|*pipe:0*) exec ${stdout.trim()} "$@";; esac
echo + ${name} >> '${log}'
${stdout.trim()} "$@"
code=$?
echo - ${name} >> '${log}'
exit $code
`;
      await writeFile(path.join(programs, name), script);
      await chmod(path.join(programs, name), 0o755);
    }
    process.env['PATH'] = `${programs}:${usualPath}`;
  });
  afterAll(async () => {
    process.env['PATH'] = usualPath;
    await rm(folder, { recursive: true, force: true });
  });

  /** A flat picture, and copies of it as frames. */
  async function frames(name: string, extension: 'exr' | 'png', count: number, edge: number): Promise<MediaSource> {
    const first = path.join(folder, `${name}.1.${extension}`);
    const files: [string, ...string[]] = [first];
    if (extension === 'png') {
      const background = { r: 90, g: 120, b: 150 };
      await sharp({ create: { width: edge, height: edge, channels: 3, background } })
        .png()
        .toFile(first);
    } else {
      const { stdout } = await run('sh', ['-c', `PATH='${usualPath}' which oiiotool`]);
      const made = ['--pattern', 'constant:color=0.2,0.4,0.6,1', `${edge}x${edge}`, '16'];
      await run(stdout.trim(), [...made, '-d', 'half', '--compression', 'rle', '-o', first]);
    }
    for (let frame = 2; frame <= count; frame++) {
      files.push(path.join(folder, `${name}.${frame}.${extension}`));
      await copyFile(first, files.at(-1) ?? '');
    }
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    return { fileType: count > 1 ? 'sequence' : 'image', files, frames: count > 1 ? numbers : null } as MediaSource;
  }

  /** The most programs that ran at once, and their total number. */
  async function counted(): Promise<{ most: number; ran: number }> {
    const lines = (await readFile(log, 'utf8')).trim().split('\n');
    let [now, most] = [0, 0];
    for (const line of lines) {
      now += line.startsWith('+') ? 1 : -1;
      most = Math.max(most, now);
    }
    return { most, ran: lines.length / 2 };
  }

  test('are decoded one at a time, whether stills or frames, by oiiotool or ffmpeg', async () => {
    const [layered, other, stills, still] = await Promise.all([
      frames('layered', 'exr', 3, LAYERED),
      frames('other', 'exr', 2, LAYERED + 8),
      frames('stills', 'png', 2, PLAIN),
      frames('still', 'exr', 1, LAYERED + 16),
    ]);
    await writeFile(log, '');
    const [, , , single] = await Promise.all([
      deriveVideo(layered, NOTHING_KNOWN, 'aalayered', WANTS, context),
      deriveVideo(other, NOTHING_KNOWN, 'aaother', WANTS, context),
      deriveVideo(stills, NOTHING_KNOWN, 'aastills', WANTS, context),
      processStill(still, context),
    ]);
    expect(single.problem).toBeNull();
    expect(await counted()).toEqual({ most: 1, ran: 7 });
  });

  test('that sharp reads wait for their turn too', async () => {
    const file = path.join(folder, 'sharp.png');
    const background = { r: 9, g: 99, b: 199, alpha: 1 };
    await sharp({ create: { width: COVERED, height: COVERED, channels: 4, background } })
      .png()
      .toFile(file);
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    const holding = inTurn(Number.POSITIVE_INFINITY, () => held.promise);
    const source: MediaSource = { fileType: 'image', files: [file], frames: null };
    const waiting = processStill(source, context).then(({ problem }) => order.push(problem ?? 'decoded in its turn'));
    // Twice as long as the decode needs.
    for (let time = 0; time < 2; time++) await decodeSmall(await readFile(file), false);
    order.push('the turn before it ends');
    held.resolve();
    await Promise.all([holding, waiting]);
    expect(order).toEqual(['the turn before it ends', 'decoded in its turn']);
  });
});
