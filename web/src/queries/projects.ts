/** The project list. What must be counted over all assets is a query of its own, so that names never wait for it. */
import type { ProjectRow } from '@ingesthub/schema/rows.ts';
import type { LiveQueryInput } from '../replica/create-live-query.ts';
import { summaryReads } from './packages.ts';
import { currentRun, type RunProgress, runColumns } from './runs.ts';

export interface ProjectListRow extends Pick<ProjectRow, 'id' | 'name' | 'type' | 'client'>, RunProgress {
  readonly package_count: number;
}

/** {@link ProjectListRow} rows by name, with the run that is under way, else the latest. */
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

/** {@link ProjectTotalsRow} of every project that has a package; as quick as `packageSummariesQuery`. */
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
