/** Compares a scan of many files with `find -ls` over the same tree. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { assetsOf } from '@ingesthub/ingestor/scan/assets-of.ts';
import { listNames } from '@ingesthub/ingestor/scan/list-names.ts';
import { scanTree } from '@ingesthub/ingestor/scan/scan-tree.ts';
import { type Figure, printFigures } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';

export interface ScanTreeOptions {
  readonly files: number;
  /** Files per folder; they form one sequence. */
  readonly filesToAFolder: number;
  readonly rounds: number;
}

export interface ScanTreeFigures {
  /** Median, like the two below. */
  readonly findMs: number;
  readonly scanMs: number;
  readonly namesMs: number;
  /** `scanMs` divided by `findMs`. */
  readonly ratio: number;
  /** The process's first scan, which also starts threads and compiles code. */
  readonly firstScanMs: number;
  /** The longest time that any scan but the first blocked the event loop. */
  readonly longestBlockMs: number;
}

/** Alternates between the contenders, so that other load on the machine affects all of them. */
export async function scanTreeBenchmark({
  files = 100_000,
  filesToAFolder = 500,
  rounds = 7,
}: Partial<ScanTreeOptions> = {}): Promise<ScanTreeFigures> {
  await using temporary = await temporaryFolder();
  const folder = await realpath(temporary.path);
  writeTree(folder, files, filesToAFolder);
  const times = { find: [] as number[], scan: [] as number[], names: [] as number[], blocks: [] as number[] };
  const firstScanMs = (await scan(folder, files)).milliseconds;
  for (let round = 0; round < rounds; round++) {
    times.find.push(await findLs(folder));
    const { milliseconds, longestBlockMs } = await scan(folder, files);
    times.scan.push(milliseconds);
    times.blocks.push(longestBlockMs);
    times.names.push(await readNames(folder, files));
  }
  const [findMs, scanMs, namesMs] = [times.find, times.scan, times.names].map((each) => percentile(each, 0.5));
  const figures: ScanTreeFigures = {
    findMs: findMs ?? 0,
    scanMs: scanMs ?? 0,
    namesMs: namesMs ?? 0,
    ratio: (scanMs ?? 0) / (findMs ?? 0),
    firstScanMs,
    longestBlockMs: Math.max(...times.blocks),
  };
  print(figures, files);
  return figures;
}

function print(figures: ScanTreeFigures, files: number): void {
  const whole: Omit<Figure, 'value'> = { what: 'every file read, p50', unit: 'ms', target: { ofRival: 2 } };
  printFigures(
    `A scan of ${files.toLocaleString('en')} files`,
    new Map([
      [
        'scanTree',
        [
          { ...whole, value: figures.scanMs },
          { what: 'first scan in the process', value: figures.firstScanMs, unit: 'ms' },
          { what: 'names alone, p50', value: figures.namesMs, unit: 'ms' },
          { what: 'main thread blocked at most', value: figures.longestBlockMs, unit: 'ms', target: { atMost: 50 } },
        ],
      ],
      ['find -ls', [{ ...whole, value: figures.findMs }]],
    ]),
  );
}

function writeTree(folder: string, files: number, filesToAFolder: number): void {
  for (let index = 0; index < files; index++) {
    const shot = Math.floor(index / filesToAFolder);
    const place = path.join(folder, `day${shot % 10}`, `sh${String(shot).padStart(4, '0')}`);
    if (index % filesToAFolder === 0) mkdirSync(place, { recursive: true });
    closeSync(openSync(path.join(place, `plate_v001.${1001 + (index % filesToAFolder)}.exr`), 'w'));
  }
}

export async function findLs(folder: string): Promise<number> {
  const started = performance.now();
  const [code] = (await once(spawn('find', [folder, '-ls'], { stdio: 'ignore' }), 'close')) as [number | null];
  if (code !== 0) throw new Error(`find ended with ${code}.`);
  return performance.now() - started;
}

/** Scans as an ingest does before it writes rows, including the grouping of files into assets. */
async function scan(folder: string, files: number): Promise<{ milliseconds: number; longestBlockMs: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  let found = 0;
  for await (const item of scanTree(folder, { roots: [folder] })) {
    if ('files' in item) found += assetsOf(item).reduce((sum, { sequence }) => sum + (sequence?.count ?? 1), 0);
  }
  const milliseconds = performance.now() - started;
  delays.disable();
  if (found !== files) throw new Error(`${found} files were found.`);
  return { milliseconds, longestBlockMs: delays.max / 1e6 };
}

async function readNames(folder: string, files: number): Promise<number> {
  const started = performance.now();
  let found = 0;
  for await (const item of listNames(folder, { roots: [folder] })) if ('names' in item) found += item.names.length;
  if (found !== files) throw new Error(`${found} names were found.`);
  return performance.now() - started;
}
