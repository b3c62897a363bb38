/** Watches all media roots of a daemon by polling; native watching triggers a round sooner. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import type { MediaRoot } from '../roots/media-root.ts';
import { RootSilent } from '../roots/root-process.ts';
import { lookAtRoot } from '../roots/see-root.ts';
import type { Sql } from '../sql/client.ts';
import { holdRootLock } from '../sql/host-lock.ts';
import { writeRoot } from '../sql/media-roots.ts';
import { watchNatively } from './watch-natively.ts';
import { RootWatch, type WatchIntervals } from './watch-root.ts';

export interface WatchOptions extends WatchIntervals {
  readonly pollMs: number;
  /** Whether the system reports changes too; for a NAS it often cannot. */
  readonly native: boolean;
}

/**
 * Runs until the signal aborts.
 *
 * @param lock a client with one connection: of several daemons that serve a root, only the lock's holder watches it.
 */
export async function watchRoots(options: WatchOptions, lock: Sql, context: WorkerContext): Promise<void> {
  await Promise.all(context.roots.map((root) => watchRoot(root, options, lock, context)));
}

async function watchRoot(root: MediaRoot, options: WatchOptions, lock: Sql, context: WorkerContext): Promise<void> {
  const { signal, log } = context;
  const watch = new RootWatch(root, options, context);
  const bell = new Bell();
  if (options.native) {
    watchNatively(root.path, { signal, log, onChange: () => bell.ring() });
  }
  const pulse = context.pulses.of(root.id);
  let problem: string | null = null;
  while (!signal.aborted) {
    try {
      if (bell.reset()) watch.wake();
      const seen = await noteRoot(root, context);
      if (seen !== problem) {
        if (seen === null) {
          log.info({ event: 'root back', root: root.path });
          watch.comeBack();
        } else log.warn({ event: 'root problem', root: root.path, problem: seen });
      }
      problem = seen;
      // A former round that the drive blocked must end first.
      const mayLook = problem === null && (await pulse.answers(options.pollMs)) && (await holdRootLock(lock, root.id));
      if (mayLook) await pulse.during((silent) => watch.round(performance.now(), silent));
    } catch (error) {
      // Postgres may be away: the next round catches up.
      if (!signal.aborted && !(error instanceof RootSilent))
        log.warn({ event: 'watching failed', root: root.path, err: error });
    }
    await Promise.race([delay(options.pollMs, undefined, { signal }).catch(() => {}), bell.next()]);
  }
  await watch.idle();
}

/** @returns why the root cannot be trusted; null: it can. */
async function noteRoot(root: MediaRoot, context: WorkerContext): Promise<string | null> {
  const { sql, host } = context;
  const { hasSentinel, problem } = await lookAtRoot(root, context);
  await writeRoot(sql, { id: root.id, host, path: root.path, hasSentinel, problem });
  return problem;
}

/** Wakes a waiting loop. */
class Bell {
  #bell = Promise.withResolvers<void>();
  #rung = false;

  ring(): void {
    this.#rung = true;
    this.#bell.resolve();
  }

  /** @returns whether the bell has rung since the last call. */
  reset(): boolean {
    const rung = this.#rung;
    this.#rung = false;
    this.#bell = Promise.withResolvers();
    return rung;
  }

  next(): Promise<void> {
    return this.#bell.promise;
  }
}
