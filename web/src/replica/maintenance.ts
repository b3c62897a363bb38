/**
 * Keeps the database quick to open: PGlite has no checkpointer of its own, and replays on opening what
 * was written since the last CHECKPOINT.
 */
import type { PGlite } from '@electric-sql/pglite';

export interface Maintenance {
  /** @param rows how many were written, about. */
  wrote(rows: number): void;
  /** Many rows are gone: what they took is of use again after a VACUUM, which PGlite does not run by itself either. */
  dropped(): void;
}

/** Rows after which it does not wait for a quiet moment. */
const MANY_ROWS = 20_000;
/** Milliseconds without a write that make a moment quiet. */
const QUIET_MS = 10_000;

export function startMaintenance(
  database: PGlite,
  options: {
    /** Writes what was only noted so far. */
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
