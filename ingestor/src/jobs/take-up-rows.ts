/**
 * Turns rows that people and commands write into work, woken by Postgres notifications and, in case those fail, by a
 * timer.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { acceptIncoming } from './incoming/accept-incoming.ts';
import type { WorkerContext } from './queue/worker-context.ts';
import { queueWanted, stopHeld, takeRuns } from './take-runs.ts';

const CHANNEL = 'ihub_ingest';
const INTERVAL_MS = 2000;

/** Runs until the signal aborts. */
export async function takeUpRows(context: WorkerContext): Promise<void> {
  const { sql, signal, log } = context;
  let ring = () => {};
  let rung = true;
  const onNotify = () => {
    rung = true;
    ring();
  };
  // The client resubscribes after a lost connection, and then calls `onNotify` for what it missed.
  const listening = sql.listen(CHANNEL, onNotify, onNotify).catch((error: unknown) => {
    if (!signal.aborted) log.warn({ event: 'not told of new work, looking every two seconds', err: error });
    return null;
  });
  while (!signal.aborted) {
    rung = false;
    for (const takeUp of [stopHeld, acceptIncoming, takeRuns, queueWanted]) {
      try {
        await takeUp(context);
      } catch (error) {
        if (!signal.aborted) log.warn({ event: 'rows not taken up', rows: takeUp.name, err: error });
      }
    }
    if (rung) continue;
    const bell = new Promise<void>((resolve) => {
      ring = resolve;
    });
    await Promise.race([bell, delay(INTERVAL_MS, undefined, { signal }).catch(() => {})]);
  }
  await (await listening)?.unlisten().catch(() => {});
}
