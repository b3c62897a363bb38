/** Ingests a delivery of odd and damaged media with a real ingestor, and checks the result. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import type { Sql } from 'postgres';
import { runIhub, startDaemon } from '../../testing/ihub-process.ts';
import { type BesideOptions, picturesBeside } from './beside.ts';
import { PAIRS, SPRITES, THUMBNAILS, writeContactSheets } from './contact-sheets.ts';
import { type Check, checkSoaked } from './media-checks.ts';
import { makeMediaDelivery } from './media-delivery.ts';
import { stateOfOriginals } from './originals-state.ts';
import { readSoakedAssets, type SoakedAsset } from './soaked-assets.ts';
import { eventCounts, type WorkTime, workTimes } from './work-times.ts';

const SAMPLES = fileURLToPath(new URL('../../../../../shared/media', import.meta.url));
/** Time allowed for the work after a run: hashes of whole files. */
const AFTERWARDS_MS = 5 * 60_000;

export interface SoakOptions {
  readonly seed: number;
  readonly mutations: number;
  /** A folder of media to add to the generated ones; null for the sample media, where they exist. */
  readonly samples: string | null;
  /** Folder for contact sheets; null to write none. */
  readonly keep: string | null;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface SoakReport {
  readonly files: number;
  readonly assets: readonly SoakedAsset[];
  /** Duration of the ingest. */
  readonly seconds: number;
  /** The slowest first. */
  readonly times: readonly WorkTime[];
  readonly events: ReadonlyMap<string, number>;
  /** Peak memory of the ingestor without its programs; null when the system does not report it. */
  readonly peakMegabytes: number | null;
  readonly checks: readonly Check[];
  readonly sheets: readonly string[];
}

/** Needs the Postgres of `createTestDatabase`. */
export async function soakMedia({ seed, mutations, samples, keep, signal, say }: SoakOptions): Promise<SoakReport> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-media-')));
  try {
    await chmod(base, 0o755);
    const delivery = path.join(base, 'media/SOAK');
    const derivatives = path.join(base, 'derivatives');
    await mkdir(derivatives);
    const known = existsSync(SAMPLES) ? SAMPLES : null;
    await makeMediaDelivery(delivery, { seed, mutations, samples: samples ?? known, signal });
    const originals = await stateOfOriginals(delivery);
    say(`${originals.size} files`);

    await using database = await createTestDatabase();
    const environment = {
      DATABASE_URL: database.url,
      MEDIA_ROOT_PATHS: path.join(base, 'media'),
      PROXY_DIR: derivatives,
      IHUB_DATA_DIR: path.join(base, 'data'),
      INIT_CWD: base,
      IHUB_INGESTOR: 'soak',
      IHUB_WATCH: 'off',
      IHUB_LOG_LEVEL: 'debug',
    };
    await using daemon = startDaemon(environment);
    await daemon.ready;
    const started = performance.now();
    const { code, stdout, stderr } = await Promise.race([
      runIhub(['ingest', delivery, '--project', 'Soak', '--type', 'vfx', '--yes', '--json'], environment),
      aborted(signal),
    ]);
    const seconds = (performance.now() - started) / 1000;
    await untilNoJobs(database.sql, signal);
    const assets = await readSoakedAssets(database.sql);
    const times = workTimes(daemon.output());
    say(`${assets.length} assets in ${Math.round(seconds)} s; checking`);
    const checks = [
      { name: 'the command reports success', wrong: code === 0 ? [] : [`exit ${code}: ${stdout} ${stderr}`] },
      ...(await checkSoaked({
        ...{ delivery, derivatives, assets, times, originals, signal },
        ...{ sql: database.sql, pid: daemon.pid },
      })),
    ];
    return {
      files: originals.size,
      ...{ assets, seconds, times, checks },
      events: eventCounts(daemon.output()),
      peakMegabytes: await peakMemory(daemon.pid),
      sheets: keep === null ? [] : await keepSheets(keep, assets, { delivery, derivatives, signal }),
    };
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function keepSheets(folder: string, assets: readonly SoakedAsset[], options: BesideOptions): Promise<string[]> {
  const { derivatives } = options;
  const pictures = (key: 'thumbnailKey' | 'spriteKey') =>
    assets.flatMap((asset) => {
      const of = asset[key];
      const words = [asset.path, `${asset.width} x ${asset.height} ${asset.codec} ${asset.problem ?? ''}`];
      return of === null ? [] : [{ file: path.join(derivatives, derivativePath(of)), words }];
    });
  const beside = await picturesBeside(assets, options);
  const sheets = [
    ...(await writeContactSheets(folder, 'beside', beside.pictures, PAIRS)),
    ...(await writeContactSheets(folder, 'sounds', beside.sounds, PAIRS)),
    ...(await writeContactSheets(folder, 'thumbnails', pictures('thumbnailKey'), THUMBNAILS)),
    ...(await writeContactSheets(folder, 'sprites', pictures('spriteKey'), SPRITES)),
  ];
  await writeFile(path.join(folder, 'assets.json'), JSON.stringify(assets, null, 1));
  return sheets;
}

async function untilNoJobs(sql: Sql, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + AFTERWARDS_MS;
  for (;;) {
    const [row] = await sql<{ left: boolean }[]>`
      SELECT EXISTS (SELECT FROM pgboss.job WHERE state IN ('created', 'retry', 'active')) AS left`;
    // A check reports the jobs that are left then.
    if (!row?.left || Date.now() > deadline) return;
    await delay(500, undefined, { signal });
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function peakMemory(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}
