/**
 * `GET /api/package-assets?package=<uuid>`: a package's assets by name, for browsers that do not keep
 * them. `text=` leaves those whose path contains it, `after=<uuid>` begins after an asset.
 */
import { listedAsset } from '@ingesthub/schema/elsewhere.ts';
import { containsPattern } from '@ingesthub/schema/sql-text.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead, tookTooLong } from '../bounded-read.ts';
import { wireFailure } from '../wire-failure.ts';

const TIMEOUT_MS = 4000;

const request = z.object({
  package: z.uuid(),
  text: z.string().max(200).default(''),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

const columns = Object.keys(listedAsset.shape).filter((column) => column !== 'tags');

/** Mount it at `/api/package-assets`. */
export function packageAssetsRoute({ sql }: { sql: Sql }): Hono {
  return new Hono().get('/', async (c) => {
    const asked = request.safeParse(c.req.query());
    if (!asked.success) return wireFailure(c, 400, 'invalid_arguments', z.prettifyError(asked.error));
    const { package: packageId, text, after = null, limit } = asked.data;
    try {
      const assets = await boundedRead(
        sql,
        TIMEOUT_MS,
        (tx) => tx`
          SELECT ${sql(columns)}, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
          FROM assets
          WHERE package_id = ${packageId} AND deleted_at IS NULL
            AND lower(relative_path) LIKE ${containsPattern(text.toLowerCase())}
            ${after === null ? sql`` : sql`AND (lower(name), id) > ((SELECT lower(name) FROM assets WHERE id = ${after}), ${after}::uuid)`}
          ORDER BY lower(name), id
          LIMIT ${limit}`,
      );
      return c.json({ assets: z.array(listedAsset).parse(assets) }, 200, { 'cache-control': 'no-store' });
    } catch (error) {
      if (!tookTooLong(error)) throw error;
      return wireFailure(c, 503, 'unavailable', 'This takes too long at the server: type more of the path.');
    }
  });
}
