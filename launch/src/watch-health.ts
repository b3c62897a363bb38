/** Detects a server that runs but does not answer: it may be waiting for a disk that never comes back. */
import { setTimeout as delay } from 'node:timers/promises';

export interface WatchHealthOptions {
  /** Any answer counts, even an error. */
  readonly url: string;
  readonly everyMs?: number;
  /** Time limit for one answer. */
  readonly patienceMs?: number;
  /** Consecutive missed answers after which the server is ended. */
  readonly misses?: number;
  /** Maximum number of times per hour that the server is ended. */
  readonly perHour?: number;
  /** Must end the server, which is then restarted. */
  readonly onSilent: () => void;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

const HOUR_MS = 60 * 60_000;

/** Resolves when the signal aborts. */
export async function watchHealth(options: WatchHealthOptions): Promise<void> {
  const { url, everyMs = 5_000, patienceMs = 10_000, misses = 3, perHour = 5, onSilent, say, signal } = options;
  let missed = 0;
  let ended: number[] = [];
  for (;;) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    missed = (await answers(url, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]))) ? 0 : missed + 1;
    if (signal.aborted) return;
    if (missed !== misses) continue;
    const now = Date.now();
    ended = ended.filter((time) => now - time < HOUR_MS);
    if (ended.length >= perHour) {
      say('The server does not answer, and restarting it did not help. See its log.');
      continue;
    }
    ended.push(now);
    missed = 0;
    say('The server does not answer and is being stopped.');
    onSilent();
  }
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
