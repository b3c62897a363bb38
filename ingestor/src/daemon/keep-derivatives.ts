/**
 * Maintains the derivative folder. Once a day, or sooner when the quota is short, it removes files that no asset
 * references, and it regenerates missing derivatives.
 */
import { stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findDerivatives } from '../derivatives/find-derivatives.ts';
import { findLost, looksAway, makeLostAgain, REMAKE_ADVICE } from '../derivatives/find-lost.ts';
import { type Sweep, sweepDerivatives } from '../derivatives/sweep-derivatives.ts';
import { queuePending } from '../jobs/queue/queue-pending.ts';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import { transaction } from '../sql/client.ts';
import { packageRoot } from '../sql/packages.ts';
import { packagesInProgress } from '../sql/runs.ts';

const DAY_MS = 24 * 3600 * 1000;
/** When the quota is short, younger unused files are removed too. */
const SHORT_AGE_MS = 3600 * 1000;
const LOOK_MS = 5000;
const MEASURE_MS = 15 * 60_000;
/** The maximum share of time spent on measuring the folder. */
const SHARE = 0.01;
/** A file whose modification time records when any host last swept the folder. */
const MARK = '.swept';

/** Runs until the signal aborts. */
export async function keepDerivatives(folder: string, context: WorkerContext): Promise<void> {
  const { signal, log } = context;
  const keeper = new Keeper(folder, context);
  while (!signal.aborted) {
    try {
      await keeper.look();
    } catch (error) {
      if (!signal.aborted) log.warn({ event: 'derivatives not swept', err: error });
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

class Keeper {
  readonly #folder: string;
  readonly #context: WorkerContext;
  #wasShort = false;
  /** In the time of `performance.now()`. */
  #measureAt = 0;

  constructor(folder: string, context: WorkerContext) {
    this.#folder = folder;
    this.#context = context;
  }

  async look(): Promise<void> {
    const { quota, log } = this.#context;
    if (quota.isSet && (performance.now() >= this.#measureAt || this.#wasShort)) await this.#measure();
    if (quota.isShort) await this.#sweep({ minAge: SHORT_AGE_MS, atMost: quota.excess });
    else if (await this.#isDue()) await this.#sweep({});
    const { isShort, problem } = quota;
    if (isShort && !this.#wasShort) log.warn({ event: 'quota reached', problem });
    if (!isShort && this.#wasShort) {
      log.info({ event: 'quota met again' });
      await this.#resume();
    }
    this.#wasShort = isShort;
  }

  async #measure(): Promise<void> {
    const { quota, signal } = this.#context;
    const started = performance.now();
    await quota.measured(async () => {
      let bytes = 0;
      for await (const shelf of findDerivatives(this.#folder, signal)) {
        for (const { size } of shelf) bytes += size;
      }
      return bytes;
    });
    const now = performance.now();
    this.#measureAt = now + Math.max(MEASURE_MS, (now - started) / SHARE);
  }

  async #sweep(limits: { minAge?: number; atMost?: number }): Promise<void> {
    const { sql, quota, signal, log } = this.#context;
    let swept: Sweep | null = null;
    await quota.measured(async () => {
      swept = await sweepDerivatives({ sql, folder: this.#folder, signal, ...limits });
      return swept?.kept ?? null;
    });
    const { files, bytes } = (swept as Sweep | null) ?? { files: 0, bytes: 0 };
    if (files > 0) log.info({ event: 'derivatives swept', files, bytes });
    if (swept === null || limits.atMost !== undefined) return;
    await this.#makeLostAgain();
    await touch(path.join(this.#folder, MARK));
  }

  /** Checks only this host's roots: another host's ingestor may keep its derivatives elsewhere. */
  async #makeLostAgain(): Promise<void> {
    const { sql, roots, signal, log } = this.#context;
    const options = { sql, folder: this.#folder, signal };
    const found = await findLost({ rootIds: roots.map(({ id }) => id) }, options);
    const { lost, named } = found;
    if (lost.length === 0) return;
    if (looksAway(found)) {
      log.error({
        event: 'derivatives lost',
        lost: lost.length,
        of: named,
        folder: this.#folder,
        advice: REMAKE_ADVICE,
      });
      return;
    }
    log.warn({ event: 'derivatives made again', lost: lost.length, of: named });
    await makeLostAgain(lost, options);
  }

  async #isDue(): Promise<boolean> {
    const mark = await stat(path.join(this.#folder, MARK)).catch(() => null);
    return mark === null || Date.now() - mark.mtimeMs >= DAY_MS;
  }

  /** Queues pending work again: its jobs, which waited for space, would otherwise wait some minutes longer. */
  async #resume(): Promise<void> {
    const { sql } = this.#context;
    for (const packageId of await packagesInProgress(sql)) {
      await transaction(sql, async (session) => {
        await queuePending(session, { packageId, mediaRoot: await packageRoot(session, packageId) }, this.#context);
      });
    }
  }
}

async function touch(file: string): Promise<void> {
  await writeFile(file, '', { flag: 'a' });
  const now = new Date();
  await utimes(file, now, now);
}
