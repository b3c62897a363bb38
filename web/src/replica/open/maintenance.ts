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

/** Rows written after which the checkpoint no longer waits for a quiet moment: about 50 MB of log, a second of an opening. */
const MANY_ROWS = 50_000;
/** Share of the assets that must have been written before the planner's statistics are taken again: it scales the old ones. */
const STALE_SHARE = { quiet: 0.2, busy: 1 } as const;
/** The least number of such rows. */
const STALE_ROWS = 20_000;
/** Reads 6,000 rows, a fifth of the default, in 0.1 s of processor time: reads wait for it. */
const STATISTICS = 'SET default_statistics_target = 20; ANALYZE assets; RESET default_statistics_target';
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

  async function maintain(moment: keyof typeof STALE_SHARE): Promise<void> {
    rowsSince = 0;
    if (options.signal.aborted) return;
    await options.write();
    if (options.isLoaded() && rowsUncounted >= STALE_ROWS && (await areStale(STALE_SHARE[moment]))) {
      rowsUncounted = 0;
      await database.exec(STATISTICS);
    }
    await database.exec('CHECKPOINT');
  }

  async function areStale(share: number): Promise<boolean> {
    const { rows } = await database.query<{ assets: number }>(
      `SELECT reltuples::float8 AS assets FROM pg_class WHERE oid = 'public.assets'::regclass`,
    );
    return rowsUncounted >= (rows[0]?.assets ?? 0) * share;
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
      timer = setTimeout(() => maintain('quiet').catch(options.onProblem), QUIET_MS);
      if (rowsSince >= MANY_ROWS) maintain('busy').catch(options.onProblem);
    },
  };
}
