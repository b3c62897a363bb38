/** The project list. Totals over all assets are a separate query, so that the names never wait for them. */
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { summaryReads } from './packages.ts';
import { currentRun, type RunProgress, runColumns } from './runs.ts';

export interface ProjectListRow extends Pick<ProjectRow, 'id' | 'name' | 'type' | 'client'>, RunProgress {
  readonly package_count: number;
}

/** {@link ProjectListRow} rows by name, each with its active run, or else its latest. */
export function projectListQuery(): LiveQueryInput {
  return {
    reads: ['projects', 'packages', 'runs'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT projects.id, projects.name, projects.type, projects.client,
          (
            SELECT count(*)::integer FROM packages
            WHERE packages.project_id = projects.id AND packages.deleted_at IS NULL
          ) AS package_count,
          ${runColumns}
        FROM projects
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
}

/** {@link ProjectTotalsRow} rows of all projects with packages; as fast as `packageSummariesQuery`. */
export function projectTotalsQuery(): LiveQueryInput {
  return {
    reads: summaryReads,
    statement: {
      text: `
        SELECT project_id, sum(asset_count)::integer AS asset_count, sum(size_bytes)::bigint AS size_bytes
        FROM package_summaries
        GROUP BY project_id`,
      values: [],
    },
  };
}
