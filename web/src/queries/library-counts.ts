/**
 * Counts of the whole library, also of projects that are on the server only: from the hours that the server counts
 * (`hourly_counts`), and for projects on this device from its own counts, which include changes that wait to be sent.
 */
import type { HourlyCountRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { summedColumns } from './packages.ts';

const livePackages = `
  packages JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL`;
const liveReads = [
  { table: 'packages', columns: ['deleted_at'] },
  { table: 'projects', columns: ['deleted_at'] },
] as const;

const summedCounts = [
  'asset_count',
  'approved_count',
  'rejected_count',
  'flagged_count',
  'picked_up_count',
  'problem_count',
  'missing_count',
  'gap_count',
  'reviewed_count',
] as const;

/** The library's changes within an hour; the row of 1970 has all that is older. */
export type LibraryHourRow = Omit<HourlyCountRow, 'package_id' | 'asset_type'>;

/** {@link LibraryHourRow} rows in order. */
export function libraryHoursQuery(): LiveQueryInput {
  const sums = summedCounts.map((column) => `sum(${column})::integer AS ${column}`).join(', ');
  return {
    reads: [{ table: 'hourly_counts' }, ...liveReads],
    statement: {
      text: `
        SELECT hour, ${sums}, sum(size_bytes)::bigint AS size_bytes, max(counted_since) AS counted_since
        FROM ${livePackages}
        JOIN hourly_counts ON hourly_counts.package_id = packages.id
        WHERE packages.deleted_at IS NULL
        GROUP BY hour
        ORDER BY hour`,
      values: [],
    },
  };
}

/** Assets of one type by what became of them. */
export interface TypeCountRow
  extends Pick<
    HourlyCountRow,
    | 'asset_type'
    | 'asset_count'
    | 'size_bytes'
    | 'approved_count'
    | 'rejected_count'
    | 'flagged_count'
    | 'picked_up_count'
  > {}

/**
 * {@link TypeCountRow} rows, the largest type first.
 *
 * @param here ids of the projects whose assets this device counts itself; null: its counts do not exist yet.
 */
export function typeCountsQuery(here: readonly string[] | null): LiveQueryInput {
  return {
    reads: countReads(here),
    statement: {
      text: `
        SELECT asset_type, ${countedSums}
        FROM (${countedNow(here, '$1')}) AS counted
        GROUP BY asset_type
        HAVING sum(asset_count) > 0
        ORDER BY asset_count DESC, asset_type`,
      values: here === null ? [] : [here],
    },
  };
}

/** Select list with the sums of a {@link countedNow}. */
export const countedSums = `sum(asset_count)::integer AS asset_count, sum(size_bytes)::bigint AS size_bytes,
  sum(approved_count)::integer AS approved_count, sum(rejected_count)::integer AS rejected_count,
  sum(flagged_count)::integer AS flagged_count, sum(picked_up_count)::integer AS picked_up_count`;

export function countReads(here: readonly string[] | null): LiveQueryInput['reads'] {
  const own = here === null ? [] : [{ table: 'assets', columns: [...summedColumns, 'picked_up_at', 'sidecar_of'] }];
  return [{ table: 'hourly_counts' }, ...liveReads, ...own];
}

/**
 * Builds SQL for the present counts by package and type, a few rows for each.
 *
 * @param here as in {@link typeCountsQuery}.
 * @param parameter the statement's parameter with those ids.
 */
export function countedNow(here: readonly string[] | null, parameter: string): string {
  const kept = (condition: string) => `
    SELECT packages.id AS package_id, asset_type, asset_count, size_bytes, approved_count, rejected_count,
      flagged_count, picked_up_count
    FROM ${livePackages}
    JOIN hourly_counts ON hourly_counts.package_id = packages.id
    WHERE packages.deleted_at IS NULL ${condition}`;
  if (here === null) return kept('');
  const of = (condition: string) => `CASE WHEN NOT is_sidecar AND ${condition} THEN asset_count ELSE 0 END`;
  return `
    ${kept(`AND packages.project_id <> ALL (${parameter}::uuid[])`)}
    UNION ALL
    SELECT packages.id, asset_type, ${of('true')}, size_bytes, ${of("review_status = 'approved'")},
      ${of("review_status = 'rejected'")}, ${of("review_status = 'flagged'")}, ${of('picked_up')}
    FROM ${livePackages}
    JOIN asset_counts ON asset_counts.package_id = packages.id
    WHERE packages.deleted_at IS NULL AND packages.project_id = ANY (${parameter}::uuid[])`;
}

/** A package with something that a person should look at. */
export interface TroubledPackageRow {
  readonly id: string;
  readonly name: string;
  readonly project_name: string;
  readonly problem_count: number;
  readonly missing_count: number;
  readonly gap_count: number;
  readonly links_failed: number;
  /** Why its latest ingest failed. */
  readonly failure: string | null;
}

/** {@link TroubledPackageRow} rows, the most troubled first. */
export function troubledPackagesQuery(): LiveQueryInput {
  return {
    reads: [{ table: 'hourly_counts' }, { table: 'packages' }, { table: 'projects' }],
    statement: {
      text: `
        SELECT packages.id, packages.name, projects.name AS project_name,
          coalesce(problem_count, 0) AS problem_count, coalesce(missing_count, 0) AS missing_count,
          coalesce(gap_count, 0) AS gap_count, links_failed,
          CASE WHEN status = 'error' THEN coalesce(problem, 'The ingest failed.') END AS failure
        FROM ${livePackages}
        LEFT JOIN (
          SELECT package_id, sum(problem_count)::integer AS problem_count, sum(missing_count)::integer AS missing_count,
            sum(gap_count)::integer AS gap_count
          FROM hourly_counts
          GROUP BY package_id
        ) AS counted ON counted.package_id = packages.id
        WHERE packages.deleted_at IS NULL
          AND (problem_count > 0 OR missing_count > 0 OR gap_count > 0 OR links_failed > 0 OR status = 'error')
        ORDER BY coalesce(problem_count, 0) + coalesce(missing_count, 0) DESC, packages.id`,
      values: [],
    },
  };
}
