/** Running ingests and folders that wait for a decision. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { type RunProgress, runColumns } from './runs.ts';

export interface ActiveRunRow extends RunProgress {
  readonly id: string;
  readonly package_id: string;
  readonly package_name: string;
  readonly project_name: string;
  /** The ingestor's host; null: none has taken it yet. */
  readonly host: string | null;
  readonly started_at: Date | null;
}

/** {@link ActiveRunRow} rows of runs under way or paused, those under way first. */
export function activeRunsQuery(): LiveQueryInput {
  return {
    reads: ['runs', 'packages', 'projects'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT run.id, run.package_id, run.host, run.started_at, packages.name AS package_name,
          projects.name AS project_name, ${runColumns}
        FROM runs AS run
        JOIN packages ON packages.id = run.package_id AND packages.deleted_at IS NULL
        JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
        WHERE run.status IN ('queued', 'scanning', 'processing') AND run.held IS DISTINCT FROM 'cancelled'
        ORDER BY run.held IS NOT NULL, run.status = 'queued', run.created_at, run.id`,
      values: [],
    },
  };
}

export interface WaitingFolderRow {
  readonly id: string;
  readonly source_path: string;
  /** As proposed, or as corrected by a person. */
  readonly type: PackageType | null;
  /** 0 to 1. */
  readonly confidence: number | null;
  readonly file_count: number;
  readonly size_bytes: number;
  readonly created_at: Date;
}

/** {@link WaitingFolderRow} rows of analysed folders without a decision, the latest first. */
export function waitingFoldersQuery(): LiveQueryInput {
  return {
    reads: [{ table: 'incoming' }],
    statement: {
      text: `
        SELECT id, source_path, coalesce(type, proposal->>'type') AS type,
          (proposal->>'confidence')::double precision AS confidence, file_count, size_bytes, created_at
        FROM incoming
        WHERE status = 'proposed' AND decision IS NULL AND package_id IS NULL
        ORDER BY created_at DESC, id`,
      values: [],
    },
  };
}
