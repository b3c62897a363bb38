/** Subjects: who can be in a project's assets. */
import type { SubjectRow } from '@ingesthub/schema/rows.ts';
import type { LiveQueryInput } from '../replica/create-live-query.ts';

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
