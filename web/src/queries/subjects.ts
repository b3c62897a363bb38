/** Subjects, with their packages and the counts of their assets. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { SubjectRow } from '@ingesthub/schema/library/rows.ts';
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { summedColumns } from './packages.ts';

export type SubjectListRow = Pick<SubjectRow, 'id' | 'name'>;

/** {@link SubjectListRow} rows of a project by name. */
export function projectSubjectsQuery(projectId: string): LiveQueryInput {
  return {
    reads: [{ table: 'subjects', columns: ['name', 'deleted_at'] }],
    statement: {
      text: `
        SELECT id, name FROM subjects
        WHERE project_id = $1 AND deleted_at IS NULL
        ORDER BY lower(name), id`,
      values: [projectId],
    },
  };
}

export interface SubjectDetailRow extends SubjectRow {
  readonly project_name: string;
  readonly project_type: PackageType;
  /** Packages with this subject, the primary one or not. */
  readonly package_count: number;
}

/** {@link SubjectDetailRow} rows by name. @param projectId null: of all projects, project by project. */
export function subjectDetailsQuery(projectId: string | null): LiveQueryInput {
  return details('($1::uuid IS NULL OR subjects.project_id = $1)', projectId);
}

/** One {@link SubjectDetailRow}, or none. */
export function subjectQuery(id: string): LiveQueryInput {
  return details('subjects.id = $1', id);
}

function details(condition: string, value: string | null): LiveQueryInput {
  return {
    reads: ['subjects', 'packages_subjects', 'packages', 'projects'].map((table) => ({ table })),
    statement: {
      text: `
        WITH listed AS (
          SELECT subjects.*, projects.name AS project_name, projects.type AS project_type
          FROM subjects JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
          WHERE subjects.deleted_at IS NULL AND ${condition}
        ), in_packages AS (
          SELECT subject_id, id AS package_id FROM packages WHERE deleted_at IS NULL AND subject_id IS NOT NULL
          UNION
          SELECT packages_subjects.subject_id, packages_subjects.package_id
          FROM packages_subjects JOIN packages ON packages.id = packages_subjects.package_id
          WHERE packages.deleted_at IS NULL
        )
        SELECT listed.*, coalesce(counted.package_count, 0) AS package_count
        FROM listed
        LEFT JOIN (
          SELECT subject_id, count(*)::integer AS package_count FROM in_packages GROUP BY subject_id
        ) AS counted ON counted.subject_id = listed.id
        ORDER BY lower(project_name), project_id, lower(name), id`,
      values: [value],
    },
  };
}

export interface SubjectCountsRow {
  readonly subject_id: string;
  readonly asset_count: number;
  readonly approved_count: number;
  readonly rejected_count: number;
  readonly flagged_count: number;
  readonly posed_count: number;
  readonly size_bytes: number;
  /** The length of all clips together; null: no asset has a length. */
  readonly duration_seconds: number | null;
}

/** The counts of a subject without assets. */
export const noSubjectCounts: Omit<SubjectCountsRow, 'subject_id'> = {
  asset_count: 0,
  approved_count: 0,
  rejected_count: 0,
  flagged_count: 0,
  posed_count: 0,
  size_bytes: 0,
  duration_seconds: null,
};

const countReads: LiveQueryInput['reads'] = [
  { table: 'packages', columns: ['deleted_at', 'project_id'] },
  { table: 'projects', columns: ['deleted_at'] },
  { table: 'assets', columns: ['subject_id', 'sidecar_of', ...summedColumns] },
];

/** {@link SubjectCountsRow} rows of subjects with assets, from maintained counts: only once the replica is `ready`. */
export function subjectCountsQuery(projectId: string | null): LiveQueryInput {
  return counts('($1::uuid IS NULL OR packages.project_id = $1)', projectId);
}

/** One {@link SubjectCountsRow}; none for a subject without assets. Only once the replica is `ready`. */
export function subjectCountsOfQuery(subjectId: string): LiveQueryInput {
  return counts('counts.subject_id = $1', subjectId);
}

function counts(condition: string, value: string | null): LiveQueryInput {
  const sum = (status: string) =>
    `coalesce(sum(asset_count) FILTER (WHERE review_status = '${status}' AND NOT is_sidecar), 0)::integer`;
  return {
    reads: countReads,
    statement: {
      text: `
        SELECT counts.subject_id,
          coalesce(sum(asset_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS asset_count,
          ${sum('approved')} AS approved_count, ${sum('rejected')} AS rejected_count, ${sum('flagged')} AS flagged_count,
          coalesce(sum(posed_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS posed_count,
          coalesce(sum(size_bytes), 0)::bigint AS size_bytes,
          CASE
            WHEN sum(timed_count) FILTER (WHERE NOT is_sidecar) > 0
            THEN sum(duration_ms) FILTER (WHERE NOT is_sidecar)::double precision / 1000
          END AS duration_seconds
        FROM asset_counts AS counts
        JOIN packages ON packages.id = counts.package_id AND packages.deleted_at IS NULL
        JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
        WHERE counts.subject_id IS NOT NULL AND ${condition}
        GROUP BY counts.subject_id`,
      values: [value],
    },
  };
}

export interface SubjectContentsRow {
  readonly file_type: FileType;
  readonly asset_count: number;
  readonly size_bytes: number;
  /** Null: no asset of the type has a length. */
  readonly duration_seconds: number | null;
}

/** {@link SubjectContentsRow} rows, the most common type first. Only once the replica is `ready`. */
export function subjectContentsQuery(subjectId: string): LiveQueryInput {
  return {
    reads: countReads,
    statement: {
      text: `
        SELECT file_type, sum(asset_count)::integer AS asset_count, sum(counts.size_bytes)::bigint AS size_bytes,
          CASE WHEN sum(timed_count) > 0 THEN sum(duration_ms)::double precision / 1000 END AS duration_seconds
        FROM asset_counts AS counts
        JOIN packages ON packages.id = counts.package_id AND packages.deleted_at IS NULL
        WHERE counts.subject_id = $1 AND NOT is_sidecar
        GROUP BY file_type
        HAVING sum(asset_count) > 0
        ORDER BY asset_count DESC, file_type`,
      values: [subjectId],
    },
  };
}
