/** The subjects and packages whose poses can be compared. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { summaryReads } from './packages.ts';

export interface PoseSourceRow {
  readonly kind: 'subject' | 'package';
  readonly id: string;
  readonly name: string;
}

/** A long list is cut here: a person looks for a name in it. */
const MOST = 500;

/**
 * {@link PoseSourceRow} rows with poses, subjects first, by name. Fast once the replica is `ready`.
 *
 * @param projectId null: of all projects.
 */
export function poseSourcesQuery(projectId: string | null): LiveQueryInput {
  return {
    reads: [...summaryReads, { table: 'subjects' }],
    statement: {
      text: `
        SELECT 'subject' AS kind, subjects.id, subjects.name
        FROM subjects JOIN subject_summaries ON subject_summaries.subject_id = subjects.id
        WHERE posed_count > 0 AND ($1::uuid IS NULL OR subjects.project_id = $1)
        UNION ALL
        SELECT 'package', packages.id, packages.name
        FROM packages JOIN package_summaries ON package_summaries.package_id = packages.id
        WHERE posed_count > 0 AND ($1::uuid IS NULL OR packages.project_id = $1)
        ORDER BY kind DESC, name, id
        LIMIT ${MOST}`,
      values: [projectId],
    },
  };
}
