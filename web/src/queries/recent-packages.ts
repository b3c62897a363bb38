/** The packages that arrived or were ingested last. */
import type { PackageRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { countedNow, countedSums, countReads } from './library-counts.ts';
import { currentRun, type RunProgress, runColumns } from './runs.ts';

const SHOWN = 10;

export interface RecentPackageRow extends Pick<PackageRow, 'id' | 'name' | 'type' | 'status' | 'problem'>, RunProgress {
  readonly project_id: string;
  readonly project_name: string;
  /** Null: nothing has been counted. */
  readonly asset_count: number | null;
  readonly approved_count: number | null;
  readonly rejected_count: number | null;
  readonly flagged_count: number | null;
  /** When it arrived, or when its latest ingest began. */
  readonly at: Date;
}

/** {@link RecentPackageRow} rows, the latest first. @param here as in `typeCountsQuery`. */
export function recentPackagesQuery(here: readonly string[] | null): LiveQueryInput {
  return {
    reads: [...countReads(here), { table: 'packages' }, { table: 'projects' }, { table: 'runs' }],
    statement: {
      text: `
        WITH recent AS (
          SELECT packages.*, projects.name AS project_name,
            greatest(packages.created_at, (SELECT max(created_at) FROM runs WHERE runs.package_id = packages.id)) AS at
          FROM packages JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
          WHERE packages.deleted_at IS NULL
          ORDER BY at DESC, packages.id DESC
          LIMIT ${SHOWN}
        )
        SELECT recent.id, recent.name, recent.type, recent.status, recent.problem, recent.project_id, project_name, at,
          counted.asset_count, counted.approved_count, counted.rejected_count, counted.flagged_count, ${runColumns}
        FROM recent
        LEFT JOIN (
          SELECT package_id, ${countedSums} FROM (${countedNow(here, '$1')}) AS counted
          WHERE package_id IN (SELECT id FROM recent)
          GROUP BY package_id
        ) AS counted ON counted.package_id = recent.id
        LEFT JOIN LATERAL (${currentRun('runs.package_id = recent.id')}) AS run ON true
        ORDER BY at DESC, recent.id DESC`,
      values: here === null ? [] : [here],
    },
  };
}
