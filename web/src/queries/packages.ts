/** Packages: lists of a project and of a kind, and a single package for its page. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { PackageRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { currentRun, type RunProgress, runColumns } from './runs.ts';

export interface PackageListRow extends PackageRow, RunProgress {
  readonly project_name: string | null;
  /** Names, the primary subject first. */
  readonly subjects: readonly string[];
}

/** {@link PackageListRow} rows of a project by name. */
export function packageListQuery(projectId: string): LiveQueryInput {
  return packages('packages.project_id = $1', projectId);
}

/** {@link PackageListRow} rows of all projects by name. */
export function packagesOfKindQuery(kind: PackageType): LiveQueryInput {
  return packages('packages.type = $1', kind);
}

/** {@link PackageListRow} rows with a subject, the primary one or not, by name. */
export function subjectPackagesQuery(subjectId: string): LiveQueryInput {
  return packages(
    `(packages.subject_id = $1 OR packages.id IN (
      SELECT package_id FROM packages_subjects WHERE packages_subjects.subject_id = $1
    ))`,
    subjectId,
  );
}

/** One {@link PackageListRow}, or none. */
export function packageQuery(id: string): LiveQueryInput {
  return packages('packages.id = $1', id);
}

function packages(condition: string, value: string): LiveQueryInput {
  return {
    reads: ['packages', 'projects', 'subjects', 'packages_subjects', 'runs'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT packages.*, projects.name AS project_name,
          ARRAY (
            SELECT subjects.name FROM subjects
            WHERE subjects.deleted_at IS NULL AND (
              subjects.id = packages.subject_id OR subjects.id IN (
                SELECT subject_id FROM packages_subjects WHERE packages_subjects.package_id = packages.id
              )
            )
            ORDER BY (subjects.id = packages.subject_id) IS TRUE DESC, lower(subjects.name), subjects.id
          ) AS subjects,
          ${runColumns}
        FROM packages
        LEFT JOIN projects ON projects.id = packages.project_id
        LEFT JOIN LATERAL (${currentRun('runs.package_id = packages.id')}) AS run ON true
        WHERE ${condition} AND packages.deleted_at IS NULL AND projects.deleted_at IS NULL
        ORDER BY lower(packages.name), packages.id`,
      values: [value],
    },
  };
}

/** The columns of `assets` that the summaries count or sum. */
export const summedColumns = [
  'file_type',
  'asset_type',
  'review_status',
  'size_bytes',
  'duration_seconds',
  'problem',
  'yaw',
  'deleted_at',
];

/** The table reads behind package summaries. */
export const summaryReads: LiveQueryInput['reads'] = [
  { table: 'packages', columns: ['deleted_at'] },
  { table: 'projects', columns: ['deleted_at'] },
  { table: 'assets', columns: summedColumns },
];

/** `PackageSummaryRow` rows of a project, from maintained counts once the replica is `ready`, else by counting. */
export function packageSummariesQuery(projectId: string): LiveQueryInput {
  return summaries('project_id = $1', projectId);
}

/** One `PackageSummaryRow`, or none. */
export function packageSummaryQuery(packageId: string): LiveQueryInput {
  return summaries('package_id = $1', packageId);
}

/** `PackageSummaryRow` rows of all packages of a kind, once the replica is `ready`. */
export function packageSummariesOfKindQuery(kind: PackageType): LiveQueryInput {
  return summaries('package_id IN (SELECT id FROM packages WHERE type = $1)', kind);
}

export interface PackageContentsRow {
  readonly package_id: string;
  /** The roles that its assets have. */
  readonly asset_types: readonly string[];
}

/** {@link PackageContentsRow} rows of all packages of a kind with assets, once the replica is `ready`. */
export function packageContentsQuery(kind: PackageType): LiveQueryInput {
  return {
    reads: [
      { table: 'packages', columns: ['type'] },
      { table: 'assets', columns: ['asset_type', 'deleted_at'] },
    ],
    statement: {
      text: `
        SELECT package_id, array_agg(DISTINCT asset_type) AS asset_types
        FROM asset_counts
        WHERE asset_count > 0 AND NOT is_sidecar AND package_id IN (SELECT id FROM packages WHERE type = $1)
        GROUP BY package_id`,
      values: [kind],
    },
  };
}

function summaries(condition: string, value: string): LiveQueryInput {
  return {
    reads: summaryReads,
    statement: { text: `SELECT * FROM package_summaries WHERE ${condition}`, values: [value] },
  };
}
