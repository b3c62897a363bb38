/** Figures of the things that a search shows, from maintained counts. */
import type { LiveQueryInput } from '../../replica/read/create-live-query.ts';
import { summedColumns } from '../packages.ts';

export interface ThingFactsRow {
  /** The id of a project, subject or package. */
  readonly id: string;
  readonly package_count: number;
  readonly asset_count: number;
}

/** {@link ThingFactsRow} rows of some projects, subjects and packages; fast once the replica is `ready`. */
export function thingFactsQuery(ids: readonly string[]): LiveQueryInput {
  return {
    reads: [
      { table: 'packages' },
      { table: 'packages_subjects' },
      { table: 'subjects', columns: ['deleted_at'] },
      { table: 'projects', columns: ['deleted_at'] },
      { table: 'assets', columns: ['subject_id', ...summedColumns] },
    ],
    statement: {
      text: `
        SELECT subject_id AS id, package_count, asset_count FROM subject_summaries WHERE subject_id = ANY ($1::uuid[])
        UNION ALL
        SELECT package_id, 1, asset_count FROM package_summaries WHERE package_id = ANY ($1::uuid[])
        UNION ALL
        SELECT project_id, count(*)::integer, sum(asset_count)::integer FROM package_summaries
        WHERE project_id = ANY ($1::uuid[])
        GROUP BY project_id`,
      values: [ids],
    },
  };
}
