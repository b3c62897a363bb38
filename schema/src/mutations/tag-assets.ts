/** The mutator of `assets.tag`, which inserts and deletes rows of asset_tags. */
import type { Mutator } from './mutator.ts';

export const tagAssets: Mutator<'assets.tag'> = {
  table: 'asset_tags',
  creates: false,
  columns: () => null,
  statement: ({ add, remove }, ids) => ({
    // Inserts in primary-key order. The server's lock, not this statement, keeps mutations of the same assets apart.
    text: `
      WITH added AS (
        INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
        SELECT assets.id, tag, assets.package_id, assets.project_id
        FROM assets CROSS JOIN unnest($2::text[]) AS tag
        WHERE assets.id = ANY ($1::uuid[])
        ORDER BY assets.id, tag
        ON CONFLICT DO NOTHING
        RETURNING asset_id, tag
      ), removed AS (
        DELETE FROM asset_tags WHERE asset_id = ANY ($1::uuid[]) AND tag = ANY ($3::text[])
        RETURNING asset_id, tag
      )
      SELECT jsonb_build_object('tag', tag, 'was', was) AS former, string_agg(asset_id::text, '') AS ids
      FROM (SELECT *, false AS was FROM added UNION ALL SELECT *, true FROM removed) AS changed
      GROUP BY tag, was`,
    values: [ids, add, remove],
  }),
  inverse(_args, former, ids) {
    const tag = String(former?.['tag']);
    return {
      name: 'assets.tag',
      args: { ids, add: former?.['was'] ? [tag] : [], remove: former?.['was'] ? [] : [tag] },
    };
  },
};
