/** Asks a database again that is away for a while, as when Postgres is restarted: the run that is followed goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import { isAway } from '../sql/client.ts';
import { CommandError } from './command-error.ts';

const PAUSE_MS = 500;
const MAX_OUTAGE_MS = 10 * 60_000;

/**
 * Returns the answer of `ask`, which is asked again while the database is away.
 *
 * @param onAway called once for each outage.
 * @throws CommandError after ten minutes without an answer; the signal's reason; what else `ask` throws.
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
          'The database has not answered for ten minutes. The run goes on when it does: ihub status tells how far it is.',
        );
      }
      await delay(PAUSE_MS, undefined, { signal });
    }
  }
}
