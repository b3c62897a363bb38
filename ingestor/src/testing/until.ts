import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `look` gives something else than null or false. @throws Error after a minute. */
export async function until<T>(look: () => Promise<T | null | false>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error('the awaited state did not come within a minute');
    await delay(20);
  }
}
