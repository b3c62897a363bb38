/** For tests: reads a scope's assets by plain SQL, and decides in JavaScript which they are. */
import type { PGlite } from '@electric-sql/pglite';
import type { Scope } from '../../model/mirror-questions.ts';
import type { PlainAsset } from './plain-answer.ts';

export interface Library {
  readonly assets: readonly (PlainAsset & { readonly is_deleted: boolean })[];
  /** Packages that are shown, with their projects. */
  readonly live: ReadonlyMap<string, string>;
  readonly projects: readonly string[];
  /** Whether every asset's folder has arrived. Until then, its place is not certain. */
  readonly hasFolders: boolean;
}

export async function readLibrary(database: PGlite): Promise<Library> {
  const { rows } = await database.query<Omit<Library['assets'][number], 'path'> & { readonly path: string | null }>(`
    SELECT
      id, package_id, file_type, asset_type, subject_id, camera, review_status, folder, name,
      size_bytes::float8 AS size_bytes, (extract(epoch FROM modified_at) * 1000)::float8 AS modified_at,
      duration_seconds, first_frame, last_frame,
      yaw::float8 AS yaw, pitch::float8 AS pitch, roll::float8 AS roll, sharpness::float8 AS sharpness,
      picked_up_at IS NOT NULL AS picked_up, missing_since IS NOT NULL AS missing, problem IS NOT NULL AS problem,
      sidecar_of IS NOT NULL AS sidecar, missing_frames IS NOT NULL AS gaps, deleted_at IS NOT NULL AS is_deleted,
      (SELECT path FROM folders WHERE folders.package_id = assets.package_id AND folders.number = assets.folder) AS path,
      ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id) AS tags
    FROM assets`);
  const { rows: packages } = await database.query<{ id: string; project_id: string }>(`
    SELECT packages.id, packages.project_id FROM packages, projects
    WHERE projects.id = packages.project_id AND packages.deleted_at IS NULL AND projects.deleted_at IS NULL`);
  const { rows: projects } = await database.query<{ id: string }>('SELECT id FROM projects ORDER BY id');
  return {
    assets: rows.map((asset) => ({ ...asset, path: asset.path ?? '' })),
    live: new Map(packages.map(({ id, project_id }) => [id, project_id])),
    projects: projects.map(({ id }) => id),
    hasFolders: rows.every(({ path }) => path !== null),
  };
}

export function plainAssetsOf({ assets, live }: Library, scope: Scope): PlainAsset[] {
  return assets.filter((asset) => {
    if (asset.is_deleted) return false;
    switch (scope.kind) {
      case 'package':
        return asset.package_id === scope.id;
      case 'project':
        return live.get(asset.package_id) === scope.id;
      case 'subject':
        return asset.subject_id === scope.id && live.has(asset.package_id);
      default:
        return live.has(asset.package_id);
    }
  });
}
