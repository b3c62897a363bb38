/**
 * Measures how fast face crops are ingested, with all of a still's metadata and derivatives, beside a loop
 * that only makes thumbnails with the same library, settings and cores, and beside one ffmpeg per file.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { processStill } from '@ingesthub/ingestor/media/still/still-pass.ts';
import { DerivativeStore } from '@ingesthub/ingestor/media/tools/derivative-store.ts';
import sharp from 'sharp';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import { makeFaceCrops } from './face-crops.ts';

export interface StillsOptions {
  readonly files: number;
  readonly rounds: number;
  /** Stills processed concurrently. */
  readonly concurrency: number;
  /** Number of files for the contender that starts a program per file. */
  readonly sample: number;
}

export const STILLS: StillsOptions = {
  files: 2000,
  rounds: 5,
  concurrency: 2 * availableParallelism(),
  sample: 200,
};

/** Target share of the bare loop's rate. */
const TARGET_SHARE = 0.85;

interface Speed {
  /** Files per second. */
  readonly rate: number;
  /** This process's milliseconds of processor time per file. */
  readonly cpu: number;
}

type Work = (file: string, draft: string) => Promise<unknown>;

/** Runs each round in a new folder and rotates which contender goes first. */
export async function stillsBenchmark(options: StillsOptions = STILLS): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-bench-stills-'));
  try {
    const files = await makeFaceCrops(path.join(folder, 'crops'), options.files);
    const contenders: { name: string; work: (made: string) => Work; files: readonly string[] }[] = [
      { name: 'ingesthub', work: ourWork, files },
      { name: 'bare sharp', work: () => bareSharp, files },
      { name: 'ffmpeg each', work: () => ffmpegEach, files: files.slice(0, options.sample) },
    ];
    const speeds = new Map<string, Speed[]>(contenders.map(({ name }) => [name, []]));
    await repeat(options.rounds, async (round) => {
      const turn = round % contenders.length;
      for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
        const made = path.join(folder, 'made');
        await mkdir(made);
        speeds
          .get(contender.name)
          ?.push(await measure(contender.files, contender.work(made), made, options.concurrency));
        await rm(made, { recursive: true });
      }
    });
    const bare = median(speeds.get('bare sharp') ?? [], 'rate');
    return new Map(
      contenders.map(({ name }) => [name, figuresOf(speeds.get(name) ?? [], name === 'ingesthub' ? bare : null)]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(speeds: readonly Speed[], bare: number | null): Figure[] {
  const rate = median(speeds, 'rate');
  return [
    { what: 'files per second', value: rate, unit: '' },
    // Excludes the programs that the process starts, whose time it cannot see.
    { what: 'processor time per file, in the process', value: median(speeds, 'cpu'), unit: 'ms' },
    ...(bare === null
      ? []
      : [{ what: 'share of bare sharp', value: rate / bare, unit: '', target: { atLeast: TARGET_SHARE } } as const]),
  ];
}

function median(speeds: readonly Speed[], what: keyof Speed): number {
  return percentile(
    speeds.map((speed) => speed[what]),
    0.5,
  );
}

async function measure(files: readonly string[], work: Work, made: string, concurrency: number): Promise<Speed> {
  const queue = files.entries();
  const [started, used] = [performance.now(), process.cpuUsage()];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const [index, file] of queue) await work(file, path.join(made, `${index}.webp`));
    }),
  );
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  return { rate: (1000 * files.length) / milliseconds, cpu: (user + system) / 1000 / files.length };
}

function ourWork(made: string): Work {
  const store = new DerivativeStore(made, 'bench');
  const tools = { ffmpeg: null, ffprobe: null, oiiotool: null };
  const context = { host: 'bench', tools, store, signal: new AbortController().signal };
  return async (file) => {
    const { problem, pose } = await processStill({ fileType: 'image', files: [file], frames: null }, context);
    if (problem !== null || pose === null) throw new Error(`${file}: ${problem ?? 'no pose'}`);
  };
}

/** The thumbnail recipe without its safety checks. */
const bareSharp: Work = (file, draft) =>
  sharp(file)
    .resize({ width: 480, height: 480, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82, effort: 2 })
    .toFile(draft);

const ffmpegEach: Work = (file, draft) =>
  promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-threads', '1', '-i', file],
    ...['-vf', "scale='min(480,iw)':'min(480,ih)':force_original_aspect_ratio=decrease"],
    ...['-c:v', 'libwebp', '-quality', '82', '-compression_level', '2', draft],
  ]);
