/** Packages: the list of a project, and a single package for its page. */
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

function summaries(condition: string, value: string): LiveQueryInput {
  return {
    reads: summaryReads,
    statement: { text: `SELECT * FROM package_summaries WHERE ${condition}`, values: [value] },
  };
}
