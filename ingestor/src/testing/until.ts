import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `look` returns anything but null or false. @throws Error after the given minutes, by default one. */
export async function until<T>(look: () => Promise<T | null | false>, minutes = 1): Promise<T> {
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`the awaited state did not come within ${minutes} min`);
    await delay(20);
  }
}
