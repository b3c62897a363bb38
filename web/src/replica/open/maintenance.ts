/**
 * Keeps the database quick to open: PGlite has no checkpointer of its own, and on opening replays whatever
 * was written since the last CHECKPOINT.
 */
import type { PGlite } from '@electric-sql/pglite';

export interface Maintenance {
  /** @param rows the approximate number of rows written. */
  wrote(rows: number): void;
  /** Many rows were deleted: their space is reusable only after a VACUUM, which PGlite never runs by itself. */
  dropped(): void;
}

/** Rows written after which the checkpoint no longer waits for a quiet moment. */
const MANY_ROWS = 20_000;
/** Milliseconds without a write that count as a quiet moment. */
const QUIET_MS = 10_000;

export function startMaintenance(
  database: PGlite,
  options: {
    /** Writes the positions that are held only in memory so far. */
    readonly write: () => Promise<void>;
    readonly onProblem: (error: unknown) => void;
    readonly signal: AbortSignal;
  },
): Maintenance {
  let rowsSince = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function checkpoint(): Promise<void> {
    const many = rowsSince >= MANY_ROWS;
    rowsSince = 0;
    if (options.signal.aborted) return;
    await options.write();
    if (many) await database.exec('ANALYZE assets');
    await database.exec('CHECKPOINT');
  }

  options.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return {
    dropped() {
      database.exec('VACUUM assets, asset_tags, folders, asset_metadata').catch(options.onProblem);
    },
    wrote(rows) {
      rowsSince += rows;
      clearTimeout(timer);
      timer = setTimeout(() => checkpoint().catch(options.onProblem), rowsSince >= MANY_ROWS ? 0 : QUIET_MS);
    },
  };
}
