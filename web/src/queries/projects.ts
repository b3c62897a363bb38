/** The project list. Totals over all assets are a separate query, so that the names never wait for them. */
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { summaryReads } from './packages.ts';
import { currentRun, type RunProgress, runColumns } from './runs.ts';

export interface ProjectListRow extends ProjectRow, RunProgress {
  readonly package_count: number;
  readonly subject_count: number;
  /** The latest ingest or edit, of the project or of one of its packages. */
  readonly activity_at: Date;
}

/** {@link ProjectListRow} rows by name, each with its active run, or else its latest. */
export function projectListQuery(): LiveQueryInput {
  return {
    reads: ['projects', 'packages', 'subjects', 'runs'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT projects.*, coalesce(held.package_count, 0) AS package_count,
          (
            SELECT count(*)::integer FROM subjects
            WHERE subjects.project_id = projects.id AND subjects.deleted_at IS NULL
          ) AS subject_count,
          greatest(projects.updated_at, held.updated_at, run.updated_at) AS activity_at,
          ${runColumns}
        FROM projects
        LEFT JOIN (
          SELECT project_id, count(*)::integer AS package_count, max(updated_at) AS updated_at
          FROM packages WHERE deleted_at IS NULL GROUP BY project_id
        ) AS held ON held.project_id = projects.id
        LEFT JOIN LATERAL (${currentRun('runs.project_id = projects.id')}) AS run ON true
        WHERE projects.deleted_at IS NULL
        ORDER BY lower(projects.name), projects.id`,
      values: [],
    },
  };
}

/** One {@link ProjectRow}, or none. */
export function projectQuery(id: string): LiveQueryInput {
  return {
    reads: [{ table: 'projects' }],
    statement: { text: 'SELECT * FROM projects WHERE id = $1 AND deleted_at IS NULL', values: [id] },
  };
}

export interface ProjectTotalsRow {
  readonly project_id: string;
  readonly asset_count: number;
  readonly size_bytes: number;
  readonly approved_count: number;
  readonly rejected_count: number;
  readonly flagged_count: number;
}

/** {@link ProjectTotalsRow} rows of all projects with packages; as fast as `packageSummariesQuery`. */
export function projectTotalsQuery(): LiveQueryInput {
  return {
    reads: summaryReads,
    statement: {
      text: `
        SELECT project_id, sum(asset_count)::integer AS asset_count, sum(size_bytes)::bigint AS size_bytes,
          sum(approved_count)::integer AS approved_count, sum(rejected_count)::integer AS rejected_count,
          sum(flagged_count)::integer AS flagged_count
        FROM package_summaries
        GROUP BY project_id`,
      values: [],
    },
  };
}
