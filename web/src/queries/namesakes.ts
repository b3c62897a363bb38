/** Other files of a project with the same name: graded and raw versions of a clip, or one delivered twice. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface NamesakeRow extends Pick<AssetRow, 'id' | 'name' | 'package_id'> {
  readonly package_name: string;
  readonly relative_path: string;
}

/** {@link NamesakeRow} rows of the other assets with an asset's name; at most 20. */
export function namesakesQuery({ id, name, project_id }: Pick<AssetRow, 'id' | 'name' | 'project_id'>): LiveQueryInput {
  return {
    reads: [
      { table: 'assets', columns: ['name', 'package_id', 'folder', 'deleted_at'] },
      { table: 'packages' },
      { table: 'folders' },
    ],
    statement: {
      text: `
        SELECT assets.id, assets.name, assets.package_id, packages.name AS package_name,
          coalesce(nullif(folders.path, '') || '/', '') || assets.name AS relative_path
        FROM packages
        JOIN assets ON assets.package_id = packages.id AND assets.name = $2
        LEFT JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
        WHERE packages.project_id = $3 AND packages.deleted_at IS NULL AND assets.id <> $1 AND assets.deleted_at IS NULL
        ORDER BY packages.name, relative_path
        LIMIT 20`,
      values: [id, name, project_id],
    },
  };
}
