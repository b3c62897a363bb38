/** Notices a server that runs and answers nothing: it may wait for a disk that never comes back. */
import { setTimeout as delay } from 'node:timers/promises';

export interface WatchHealthOptions {
  /** Any answer will do, also one that says what is wrong. */
  readonly url: string;
  readonly everyMs?: number;
  /** How long one answer may take. */
  readonly patienceMs?: number;
  /** Answers in a row that may fail to come. */
  readonly misses?: number;
  /** How often within an hour the server is ended for it. */
  readonly perHour?: number;
  /** Is to end the server, which is then started again. */
  readonly onSilent: () => void;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

const HOUR_MS = 60 * 60_000;

/** Resolves when the signal comes. */
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
      say('The server does not answer, and starting it again did not help: its log says more.');
      continue;
    }
    ended.push(now);
    missed = 0;
    say('The server does not answer and is ended.');
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
