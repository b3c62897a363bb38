/** Retries while the database is away, as when Postgres restarts: the run itself carries on. */
import { setTimeout as delay } from 'node:timers/promises';
import { isAway } from '../../sql/client.ts';
import { CommandError } from './command-error.ts';

const PAUSE_MS = 500;
const MAX_OUTAGE_MS = 10 * 60_000;

/**
 * Returns the answer of `ask`, repeating it while the database is away.
 *
 * @param onAway called once per outage.
 * @throws CommandError after ten minutes without an answer; the signal's reason; any other error of `ask`.
 */
export async function outlastOutage<T>(
  ask: () => Promise<T>,
  { signal, onAway }: { signal: AbortSignal; onAway: () => void },
): Promise<T> {
  let since: number | null = null;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      const now = performance.now();
      if (since === null) onAway();
      since ??= now;
      if (now - since > MAX_OUTAGE_MS) {
        throw new CommandError(
          'unavailable',
          'The database has not answered for ten minutes. The run continues when it does; ihub status shows its progress.',
        );
      }
      await delay(PAUSE_MS, undefined, { signal });
    }
  }
}
