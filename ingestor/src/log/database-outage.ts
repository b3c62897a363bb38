/**
 * What is logged while Postgres is away: that it is, once, and that it is back. Every part of the daemon fails by it,
 * many times a second, and their words would fill a disk.
 */
import { isAway } from '../sql/client.ts';
import type { IngestorLog } from './log-events.ts';

export class DatabaseOutage {
  readonly #log: IngestorLog;
  #since: number | null = null;

  constructor(log: IngestorLog) {
    this.#log = log;
  }

  /** @returns whether the error means that Postgres is away, and need not be logged any more. */
  explains(error: unknown): boolean {
    if (!isAway(error)) return false;
    if (this.#since === null) {
      this.#since = performance.now();
      const problem = error instanceof Error ? error.message || error.name : String(error);
      this.#log.warn({ event: 'database away', problem });
    }
    return true;
  }

  /** Postgres has answered. */
  over(): void {
    if (this.#since === null) return;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    this.#since = null;
    this.#log.info({ event: 'database back', seconds });
  }
}
