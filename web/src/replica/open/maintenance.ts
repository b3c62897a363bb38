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
/** Share of the assets; once this many rows are written, the planner's statistics are taken again: each time reads 30,000 rows. */
const STALE_SHARE = 0.2;
/** Milliseconds without a write that count as a quiet moment. */
const QUIET_MS = 10_000;

export function startMaintenance(
  database: PGlite,
  options: {
    /** Whether the first load is over; it ends with statistics of its own. */
    readonly isLoaded: () => boolean;
    /** Writes the positions that are held only in memory so far. */
    readonly write: () => Promise<void>;
    readonly onProblem: (error: unknown) => void;
    readonly signal: AbortSignal;
  },
): Maintenance {
  /** Rows written since the last checkpoint, and since the last statistics. */
  let rowsSince = 0;
  let rowsUncounted = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function checkpoint(): Promise<void> {
    rowsSince = 0;
    if (options.signal.aborted) return;
    await options.write();
    if (options.isLoaded() && rowsUncounted >= MANY_ROWS && (await areStale())) {
      rowsUncounted = 0;
      await database.exec('ANALYZE assets');
    }
    await database.exec('CHECKPOINT');
  }

  async function areStale(): Promise<boolean> {
    const { rows } = await database.query<{ assets: number }>(
      `SELECT reltuples::float8 AS assets FROM pg_class WHERE oid = 'public.assets'::regclass`,
    );
    return rowsUncounted >= (rows[0]?.assets ?? 0) * STALE_SHARE;
  }

  options.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return {
    dropped() {
      database.exec('VACUUM assets, asset_tags, folders, asset_metadata').catch(options.onProblem);
    },
    wrote(rows) {
      rowsSince += rows;
      rowsUncounted += rows;
      clearTimeout(timer);
      timer = setTimeout(() => checkpoint().catch(options.onProblem), rowsSince >= MANY_ROWS ? 0 : QUIET_MS);
    },
  };
}
