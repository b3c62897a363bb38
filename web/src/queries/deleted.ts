/** Deleted rows that can still be restored. */
import { KEPT_DAYS } from '@ingesthub/schema/mutations/mutations.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface DeletedEntityRow {
  readonly table: 'projects' | 'subjects' | 'packages' | 'saved_filters' | 'corrections';
  readonly id: string;
  readonly name: string;
  /** Subjects and packages have one, and corrections of one project. */
  readonly project_name: string | null;
  readonly deleted_at: Date;
  readonly deleted_by: string | null;
  /** Whether another row has taken the name. */
  readonly name_taken: boolean;
}

/** {@link DeletedEntityRow} rows, the latest first. Leaves out rows in a deleted project, which return with it. */
export function deletedEntitiesQuery(): LiveQueryInput {
  const taken = (table: string, more = '') => `EXISTS (
    SELECT FROM ${table} AS other
    WHERE lower(other.name) = lower(${table}.name) AND other.deleted_at IS NULL AND other.id <> ${table}.id ${more}
  )`;
  const inProject = (table: 'subjects' | 'packages', nameTaken: string) => `
    SELECT '${table}' AS table, ${table}.id, ${table}.name, projects.name AS project_name,
      ${table}.deleted_at, ${table}.deleted_by, ${nameTaken} AS name_taken
    FROM ${table} JOIN projects ON projects.id = ${table}.project_id AND projects.deleted_at IS NULL
    WHERE ${table}.deleted_at IS NOT NULL`;
  const alone = (table: 'projects' | 'saved_filters') => `
    SELECT '${table}' AS table, id, name, NULL AS project_name, deleted_at, deleted_by, ${taken(table)} AS name_taken
    FROM ${table} WHERE deleted_at IS NOT NULL`;
  const corrections = `
    SELECT 'corrections' AS table, corrections.id, corrections.name, projects.name AS project_name,
      corrections.deleted_at, corrections.deleted_by, false AS name_taken
    FROM corrections LEFT JOIN projects ON projects.id = corrections.project_id
    WHERE corrections.deleted_at IS NOT NULL AND projects.deleted_at IS NULL`;
  return {
    reads: ['projects', 'subjects', 'packages', 'saved_filters', 'corrections'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT * FROM (
          ${alone('projects')}
          UNION ALL ${inProject('subjects', taken('subjects', 'AND other.project_id = subjects.project_id'))}
          UNION ALL ${inProject('packages', 'false')}
          UNION ALL ${alone('saved_filters')}
          UNION ALL ${corrections}
        ) AS deleted
        WHERE deleted_at > now() - interval '${KEPT_DAYS} days'
        ORDER BY deleted_at DESC, id`,
      values: [],
    },
  };
}

export interface DeletedAssetsRow {
  readonly package_id: string;
  readonly package_name: string;
  readonly project_name: string;
  /** The minute of the deletion, which groups assets deleted together: a bulk deletion reaches the server in parts. */
  readonly minute: Date;
  readonly deleted_by: string | null;
  readonly asset_count: number;
}

/** {@link DeletedAssetsRow} rows, the latest first. */
export function deletedAssetsQuery(): LiveQueryInput {
  return {
    reads: [
      { table: 'assets', columns: ['deleted_at'] },
      { table: 'packages', columns: ['name', 'deleted_at'] },
      { table: 'projects', columns: ['name', 'deleted_at'] },
    ],
    statement: {
      text: `
        SELECT package_id, packages.name AS package_name, projects.name AS project_name,
          minute, counted.deleted_by, asset_count
        FROM (
          SELECT package_id, date_trunc('minute', deleted_at) AS minute, deleted_by, count(*)::integer AS asset_count
          FROM assets
          WHERE deleted_at IS NOT NULL AND deleted_at > now() - interval '${KEPT_DAYS} days'
          GROUP BY package_id, minute, deleted_by
        ) AS counted
        JOIN packages ON packages.id = package_id AND packages.deleted_at IS NULL
        JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
        ORDER BY minute DESC, package_id
        LIMIT 200`,
      values: [],
    },
  };
}

/** One row `{ids}`: the concatenated ids of a {@link DeletedAssetsRow}. */
export function deletedAssetIdsQuery({ package_id, minute, deleted_by }: DeletedAssetsRow): LiveQueryInput {
  return {
    reads: [{ table: 'assets', columns: ['deleted_at'] }],
    statement: {
      text: `
        SELECT string_agg(id::text, '') AS ids FROM assets
        WHERE package_id = $1 AND deleted_at IS NOT NULL
          AND date_trunc('minute', deleted_at) = $2 AND deleted_by IS NOT DISTINCT FROM $3`,
      values: [package_id, minute, deleted_by],
    },
  };
}
