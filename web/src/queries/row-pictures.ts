/** Pictures of a package, project or subject for its row in a list: three, spread over its assets, or a face. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface RowPicture {
  /** The asset. */
  readonly id: string;
  /** The package, project or subject whose row it stands in. */
  readonly owner_id: string;
  readonly thumbnail_version: number;
}

/** Assets from each end of a package's names among which pictures are looked for: a package may have 100,000. */
const LOOKED_AT = 30;

/** {@link RowPicture} rows, for each package up to three in the order of its assets' names. */
export function packagePicturesQuery(packageIds: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'assets', columns: ['thumbnail_version', 'deleted_at', 'package_id', 'name'] }],
    statement: {
      text: `
        SELECT picture.id, wanted.id AS owner_id, picture.thumbnail_version
        FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
        CROSS JOIN LATERAL (${picturesOf('wanted.id', 3)}) AS picture
        ORDER BY wanted.position, picture.part`,
      values: [packageIds],
    },
  };
}

/** {@link RowPicture} rows, for each project one of each of its three newest packages, or three of its only one. */
export function projectPicturesQuery(projectIds: readonly string[]): LiveQueryInput {
  return {
    reads: [
      { table: 'assets', columns: ['thumbnail_version', 'deleted_at', 'package_id', 'name'] },
      { table: 'packages', columns: ['deleted_at', 'project_id'] },
    ],
    statement: {
      text: `
        SELECT picture.id, wanted.id AS owner_id, picture.thumbnail_version
        FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
        CROSS JOIN LATERAL (
          SELECT found.id, found.thumbnail_version
          FROM (
            SELECT packages.id, packages.created_at FROM packages
            WHERE packages.project_id = wanted.id AND packages.deleted_at IS NULL
            ORDER BY packages.created_at DESC, packages.id DESC LIMIT 8
          ) AS newest
          CROSS JOIN LATERAL (${picturesOf('newest.id', 3)}) AS found
          ORDER BY found.part, newest.created_at DESC, newest.id DESC
          LIMIT 3
        ) AS picture
        ORDER BY wanted.position`,
      values: [projectIds],
    },
  };
}

/** {@link RowPicture} rows, for each subject the first by name. */
export function subjectPicturesQuery(subjectIds: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'assets', columns: ['thumbnail_version', 'deleted_at', 'subject_id', 'name'] }],
    statement: {
      text: `
        SELECT picture.id, wanted.id AS owner_id, picture.thumbnail_version
        FROM unnest($1::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (
          SELECT id, thumbnail_version
          FROM (
            SELECT id, name, thumbnail_version, thumbnail_status FROM assets
            WHERE subject_id = wanted.id AND deleted_at IS NULL
            ORDER BY name, id LIMIT ${LOOKED_AT}
          ) AS first
          WHERE thumbnail_status = 'ready' AND thumbnail_version IS NOT NULL
          ORDER BY name, id LIMIT 1
        ) AS picture`,
      values: [subjectIds],
    },
  };
}

function picturesOf(packageId: string, parts: number): string {
  const end = (direction: 'ASC' | 'DESC') => `(
    SELECT id, name, thumbnail_version, thumbnail_status FROM assets
    WHERE package_id = ${packageId} AND deleted_at IS NULL
    ORDER BY name ${direction}, id ${direction} LIMIT ${LOOKED_AT}
  )`;
  return `
    SELECT DISTINCT ON (part) id, thumbnail_version, part
    FROM (
      SELECT *, ntile(${parts}) OVER (ORDER BY name, id) AS part
      FROM (${end('ASC')} UNION ${end('DESC')}) AS ends
      WHERE thumbnail_status = 'ready' AND thumbnail_version IS NOT NULL
    ) AS parts
    ORDER BY part, name, id`;
}
