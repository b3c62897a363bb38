/**
 * Ingests a delivery with two ingestors that are killed again and again, and compares the result with that of an
 * undisturbed ingest.
 */
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from '../testing/ihub-process.ts';
import { processesOf } from '../testing/processes-of.ts';
import { differences, type IngestState, readIngestState } from './ingest-state.ts';
import { DELIVERIES, type DeliverySize, makeMixedDelivery } from './mixed-delivery.ts';

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  readonly size: DeliverySize;
  readonly signal: AbortSignal;
  readonly say?: (line: string) => void;
}

export interface KillReport {
  readonly kills: number;
  /** How often the whole delivery was ingested while ingestors were killed. */
  readonly rounds: number;
  readonly calmSeconds: number;
  readonly seconds: number;
  /** Assets, derivatives and other facts that were compared. */
  readonly compared: number;
  readonly differences: readonly string[];
  /** Programs that outlived the ingestor that started them. */
  readonly orphans: readonly string[];
}

const NAMES = ['a', 'b'] as const;
/** A video that takes longer than ingestors live keeps a round from ending, so the next round begins anyway. */
const KILLS_PER_ROUND = 12;

/** Needs the Postgres of `createTestDatabase`. */
export async function killIngestors(options: KillOptions): Promise<KillReport> {
  const { seed, signal, say = () => {} } = options;
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-kills-')));
  try {
    await makeMixedDelivery(path.join(base, 'media'), seed, options.size);
    const calm = await inWorld(base, 'calm', async (world) => {
      await using _daemon = await ready(startDaemon(world.environment('a')));
      await ingest(world, false);
      await untilDone(world, signal);
      return readIngestState(world.database.sql, world.derivatives, world.datasets);
    });
    say(`undisturbed: ${calm.seconds} s, ${calm.result.size} facts`);
    const disturbed = await inWorld(base, 'killed', (world) => disturb(world, options, say));
    const { state, ...counted } = disturbed.result;
    return {
      ...counted,
      calmSeconds: calm.seconds,
      seconds: disturbed.seconds,
      compared: calm.result.size,
      differences: differences(calm.result, state),
    };
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface World {
  readonly base: string;
  readonly media: string;
  readonly derivatives: string;
  readonly datasets: string;
  readonly database: TestDatabase;
  environment(name: string): ProcessEnvironment;
}

async function inWorld<T>(base: string, name: string, use: (world: World) => Promise<T>) {
  const started = performance.now();
  await using database = await createTestDatabase();
  const media = path.join(base, 'media');
  const derivatives = path.join(base, name);
  await mkdir(derivatives);
  // Shared by all worlds, because links are compared by their paths.
  const datasets = path.join(base, 'datasets');
  await mkdir(datasets);
  const environment = (ingestor: string) => ({
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: derivatives,
    DATASETS_ROOT: datasets,
    IHUB_INGESTOR: ingestor,
    IHUB_LOG_LEVEL: 'warn',
  });
  const result = await use({ base, media, derivatives, datasets, database, environment });
  await rm(datasets, { recursive: true });
  return { result, seconds: Math.round((performance.now() - started) / 1000) };
}

async function disturb(
  world: World,
  { kills, seed, signal }: KillOptions,
  say: (line: string) => void,
): Promise<Pick<KillReport, 'kills' | 'rounds' | 'orphans'> & { state: IngestState }> {
  const random = seededRandom(seed);
  const daemons = new Map<string, DaemonProcess>();
  for (const name of NAMES) daemons.set(name, startDaemon(world.environment(name)));
  try {
    await Promise.all([...daemons.values()].map(({ ready }) => ready));
    let killed = 0;
    let rounds = 0;
    const orphans = new Set<string>();
    while (killed < kills) {
      signal.throwIfAborted();
      const done = await isDone(world);
      if (done || killed % KILLS_PER_ROUND === 0) {
        // From the start; without derivatives when no ingestor is at work.
        if (done && rounds > 0) await forgetDerivatives(world);
        // An ingest is rejected while both are still starting.
        await Promise.any([...daemons.values()].map(({ ready }) => ready));
        await ingest(world, rounds > 0);
        rounds += 1;
      }
      await delay(random.whole(50, 3000), undefined, { signal });
      await killOne(random.pick(NAMES), daemons, world, random);
      killed += 1;
      if (killed % 10 === 0) say(`${killed} kills, ${rounds} rounds, ${await progressOf(world)}`);
    }
    for (const [name, daemon] of daemons) {
      // An ingestor that was killed while starting has not reported yet.
      await daemon.ready.catch((error: unknown) =>
        Promise.reject(new Error(`ingestor ${name} did not start`, { cause: error })),
      );
    }
    await untilDone(world, signal);
    const alive = new Set([...daemons.values()].map(({ pid }) => pid));
    for (const { pid, command } of await processesOf(world.base)) if (!alive.has(pid)) orphans.add(command);
    return {
      kills: killed,
      rounds,
      orphans: [...orphans],
      state: await readIngestState(world.database.sql, world.derivatives, world.datasets),
    };
  } finally {
    for (const daemon of daemons.values()) daemon.kill('SIGTERM');
    await Promise.all([...daemons.values()].map(({ ended }) => ended));
  }
}

async function killOne(
  name: string,
  daemons: Map<string, DaemonProcess>,
  world: World,
  random: SeededRandom,
): Promise<void> {
  const daemon = daemons.get(name);
  daemon?.kill('SIGKILL');
  await daemon?.ended;
  if (random.next() < 0.3) await delay(random.whole(0, 2000));
  daemons.set(name, startDaemon(world.environment(name)));
}

async function ready(daemon: DaemonProcess): Promise<DaemonProcess> {
  await daemon.ready;
  return daemon;
}

async function ingest(world: World, force: boolean): Promise<void> {
  for (const delivery of DELIVERIES) {
    const folder = path.join(world.media, delivery);
    const args = ['ingest', folder, '--project', 'Demo', '--yes', '--no-wait', ...(force ? ['--force'] : [])];
    const { code, stderr } = await runIhub(args, world.environment('cli'));
    if (code !== 0) throw new Error(`the delivery was not accepted: ${stderr}`);
  }
}

async function isDone({ database }: World): Promise<boolean> {
  const [row] = await database.sql<{ done: boolean }[]>`
    SELECT NOT EXISTS (SELECT FROM runs WHERE status IN ('queued', 'scanning', 'processing'))
      AND NOT EXISTS (SELECT FROM pgboss.job WHERE state IN ('created', 'retry', 'active')) AS done`;
  return row?.done ?? false;
}

/** Waits as long as necessary: work of a dead ingestor is only freed after a quarter of a minute of silence. */
async function untilDone(world: World, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 5 * 60_000;
  while (!(await isDone(world))) {
    if (Date.now() > deadline) throw new Error(`the ingest does not end: ${await progressOf(world)}`);
    await delay(100, undefined, { signal });
  }
}

async function progressOf({ database }: World): Promise<string> {
  const [row] = await database.sql<{ words: string }[]>`
    SELECT concat_ws(', ',
      (SELECT string_agg(status, ' ') FROM runs WHERE status <> 'done'),
      (SELECT count(*) || ' assets pending' FROM assets WHERE ${database.sql.unsafe(anyStepIs('pending'))}),
      (SELECT string_agg(words, ', ') FROM (
        SELECT count(*) || ' ' || split_part(name, '.', 1) || ' ' || state AS words FROM pgboss.job
        WHERE state IN ('created', 'retry', 'active') GROUP BY name, state
      ) AS jobs)
    ) AS words`;
  return row?.words ?? '';
}

async function forgetDerivatives({ derivatives }: World): Promise<void> {
  for (const name of await readdir(derivatives)) {
    if (!name.startsWith('.')) await rm(path.join(derivatives, name), { recursive: true, force: true });
  }
}
