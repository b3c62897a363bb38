/** Adds up the noted changes of the library's counts, which browsers follow as the shape `hourly_counts`. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';

/** Milliseconds; the work of a second of ingest arrives at browsers as one change. */
const INTERVAL_MS = 1000;

export interface AddCountsOptions {
  readonly sql: Sql;
  readonly signal: AbortSignal;
  /** Called once for a row of failures. */
  readonly onError?: (error: unknown) => void;
}

/** Adds up what statements have noted, every second, until the signal aborts. */
export async function addCounts({ sql, signal, onError }: AddCountsOptions): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      await sql`SELECT add_count_changes()`;
      failing = false;
    } catch (error) {
      if (!failing && !signal.aborted) onError?.(error);
      failing = true;
    }
    await delay(INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}

/** Sums the hours before the last 40 days. @returns the number of hours summed. */
export async function mergeOldCounts(sql: Sql): Promise<number> {
  const [row] = await sql<{ merged: number }[]>`SELECT merge_old_counts()::integer AS merged`;
  return row?.merged ?? 0;
}
