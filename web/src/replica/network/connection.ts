/** Tracks whether the server answers, as seen by everything that talks to it. */
import { backoffDelay } from './backoff.ts';
import { beginPause } from './pause.ts';

export interface Connection {
  readonly online: boolean;
  /** The server has answered. A status of 500 or above counts as offline: the server, or a proxy, cannot serve. */
  answered(status: number): void;
  /** The server did not answer, or has fallen silent. */
  failed(): void;
  /** The network may be back: all waiting requests are retried now. */
  wake(): void;
  /**
   * Waits before a retry, longer with each attempt; ends at once when the server answers another request.
   *
   * @param attempt 0 after the first failure.
   */
  beforeRetry(attempt: number, signal: AbortSignal): Promise<void>;
}

const RETRY = { base: 500, cap: 30_000 };

/** @param onChange called when the connection goes online or offline. It starts online: nothing has failed yet. */
export function createConnection(onChange: (online: boolean) => void): Connection {
  let online = true;
  const waiting = new Set<() => void>();

  function wake(): void {
    for (const resume of waiting) resume();
  }
  function become(now: boolean): void {
    if (online === now) return;
    online = now;
    onChange(now);
    if (now) wake();
  }

  return {
    get online() {
      return online;
    },
    answered: (status) => become(status < 500),
    failed: () => become(false),
    wake,
    async beforeRetry(attempt, signal) {
      const { over, end } = beginPause(backoffDelay(attempt, RETRY), signal);
      waiting.add(end);
      await over;
      waiting.delete(end);
    },
  };
}
