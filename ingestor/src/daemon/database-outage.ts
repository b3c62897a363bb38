/**
 * Logs an outage of Postgres once, and its end. Every part of the daemon fails during an outage, many times a second,
 * and logging each failure would fill a disk.
 */

import type { IngestorLog } from '../log/log-events.ts';
import { isAway } from '../sql/client.ts';

export class DatabaseOutage {
  readonly #log: IngestorLog;
  #since: number | null = null;

  constructor(log: IngestorLog) {
    this.#log = log;
  }

  /** @returns whether the outage explains the error, which then need not be logged. */
  explains(error: unknown): boolean {
    if (!isAway(error)) return false;
    if (this.#since === null) {
      this.#since = performance.now();
      const problem = error instanceof Error ? error.message || error.name : String(error);
      this.#log.warn({ event: 'database away', problem });
    }
    return true;
  }

  /** Records that Postgres has responded. */
  over(): void {
    if (this.#since === null) return;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    this.#since = null;
    this.#log.info({ event: 'database back', seconds });
  }
}
