/** Subjects of a project, with their packages and assets. */
import type { SubjectRow } from '@ingesthub/schema/library/rows.ts';
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
  readonly package_count: number;
}

/** {@link SubjectDetailRow} rows of a project by name. */
export function subjectDetailsQuery(projectId: string): LiveQueryInput {
  return {
    reads: ['subjects', 'packages_subjects', 'packages'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT subjects.*, (
          SELECT count(*)::integer FROM packages
          WHERE packages.deleted_at IS NULL AND (
            packages.subject_id = subjects.id OR packages.id IN (
              SELECT package_id FROM packages_subjects WHERE packages_subjects.subject_id = subjects.id
            )
          )
        ) AS package_count
        FROM subjects
        WHERE project_id = $1 AND deleted_at IS NULL
        ORDER BY lower(name), id`,
      values: [projectId],
    },
  };
}

export interface SubjectAssetsRow {
  readonly subject_id: string;
  readonly asset_count: number;
}

/** {@link SubjectAssetsRow} rows of a project, from maintained counts once the replica is `ready`. */
export function subjectAssetsQuery(projectId: string): LiveQueryInput {
  return {
    reads: [
      { table: 'subjects', columns: ['deleted_at'] },
      { table: 'packages', columns: ['deleted_at'] },
      { table: 'projects', columns: ['deleted_at'] },
      { table: 'assets', columns: ['subject_id', ...summedColumns] },
    ],
    statement: {
      text: 'SELECT subject_id, asset_count FROM subject_summaries WHERE project_id = $1',
      values: [projectId],
    },
  };
}
