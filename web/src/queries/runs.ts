/** SQL fragments for the ingest run shown with a project or package. */
import type { RunRow } from '@ingesthub/schema/library/rows.ts';

/** All columns are null when there never was a run. */
export interface RunProgress {
  readonly run_status: RunRow['status'] | null;
  /** Whether a user paused or cancelled the run; null when neither. */
  readonly run_held: RunRow['held'];
  readonly run_problem: string | null;
  readonly run_files_found: number | null;
  readonly run_assets_registered: number | null;
  readonly run_assets_probed: number | null;
  readonly run_thumbnails_made: number | null;
  readonly run_proxies_made: number | null;
  readonly run_assets_failed: number | null;
  /** The time of its end, or of its latest progress. */
  readonly run_at: Date | null;
}

/** The select list for a {@link RunProgress} from a subquery named `run`. */
export const runColumns = `run.status AS run_status, run.held AS run_held, run.problem AS run_problem,
  run.files_found AS run_files_found, run.assets_registered AS run_assets_registered,
  run.assets_probed AS run_assets_probed, run.thumbnails_made AS run_thumbnails_made,
  run.proxies_made AS run_proxies_made, run.assets_failed AS run_assets_failed,
  coalesce(run.finished_at, run.updated_at) AS run_at`;

/** Builds the SQL for the active run, or else the latest. */
export function currentRun(condition: string): string {
  return `SELECT runs.* FROM runs WHERE ${condition}
    ORDER BY (runs.status IN ('queued', 'scanning', 'processing')) DESC, runs.created_at DESC, runs.id DESC LIMIT 1`;
}
