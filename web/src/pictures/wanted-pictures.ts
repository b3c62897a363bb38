/** Reads from the replica which pictures should be on this device. */

import type { Replica } from '../replica/model/replica.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import type { ScopeReference } from './kept-scopes.ts';
import type { KeptScope } from './pictures-database.ts';

export interface WantedPackage {
  readonly id: string;
  readonly project_id: string;
}

export interface WantedPicture {
  readonly id: string;
  readonly name: string;
  readonly thumbnail_version: number;
}

/** Rows per read: enough for a few requests, and few enough not to hold up the replica or the page. */
const WINDOW = 2048;

export async function wantedPackages(
  replica: Pick<Replica, 'query'>,
  scopes: readonly KeptScope[],
): Promise<WantedPackage[]> {
  const idsOf = (kind: KeptScope['kind']) => scopes.filter((scope) => scope.kind === kind).map((scope) => scope.id);
  return replica.query<WantedPackage>({
    text: `SELECT id, project_id FROM packages
      WHERE deleted_at IS NULL AND (id = ANY ($1::uuid[]) OR project_id = ANY ($2::uuid[]))
      ORDER BY lower(name), id`,
    values: [idsOf('package'), idsOf('project')],
  });
}

/** Yields the pictures of a package in the order in which its page shows them. */
export async function* wantedPictures(
  replica: Pick<Replica, 'query'>,
  packageId: string,
): AsyncGenerator<WantedPicture[]> {
  let last: WantedPicture | undefined;
  do {
    const rows = await replica.query<WantedPicture>({
      text: `SELECT id, name, thumbnail_version FROM assets
        WHERE package_id = $1 AND (name, id) > ($2, $3::uuid) AND deleted_at IS NULL AND thumbnail_version IS NOT NULL
        ORDER BY name, id LIMIT ${WINDOW}`,
      values: [packageId, last?.name ?? '', last?.id ?? '00000000-0000-0000-0000-000000000000'],
    });
    if (rows.length > 0) yield rows;
    last = rows.length === WINDOW ? rows.at(-1) : undefined;
  } while (last !== undefined);
}

/** One row `{count}`: the number of pictures in a package or project. */
export function pictureCountQuery({ kind, id }: ScopeReference): LiveQueryInput {
  const whose =
    kind === 'package'
      ? 'package_id = $1'
      : 'package_id IN (SELECT id FROM packages WHERE project_id = $1 AND deleted_at IS NULL)';
  return {
    statement: {
      text: `SELECT count(*)::integer AS count FROM assets
        WHERE ${whose} AND deleted_at IS NULL AND thumbnail_version IS NOT NULL`,
      values: [id],
    },
    reads: [
      { table: 'assets', columns: ['thumbnail_version', 'deleted_at'], ...(kind === 'package' && { packageId: id }) },
      ...(kind === 'project' ? [{ table: 'packages', columns: ['deleted_at'] }] : []),
    ],
  };
}
