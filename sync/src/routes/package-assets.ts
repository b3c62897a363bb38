/**
 * `GET /api/package-assets?package=<uuid>`: lists a package's assets by name, without sidecars, for browsers that do not
 * keep them. `text=` selects assets whose path contains it; `after=<uuid>` continues after an asset.
 */
import { listedAsset } from '@ingesthub/schema/replica/server-answers.ts';
import { containsPattern } from '@ingesthub/schema/values/sql-text.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead } from '../http/bounded-read.ts';
import { describeIssues } from '../http/describe-issues.ts';
import { oneLine } from '../http/one-line.ts';
import { wireFailure } from '../http/wire-failure.ts';

const TIMEOUT_MS = 4000;

const request = z.object({
  package: z.uuid(),
  text: oneLine.default(''),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

const columns = Object.keys(listedAsset.shape).filter((column) => column !== 'tags');

/** Mount it at `/api/package-assets`. */
export function packageAssetsRoute({ sql }: { sql: Sql }): Hono {
  return new Hono().get('/', async (c) => {
    const asked = request.safeParse(c.req.query());
    if (!asked.success) return wireFailure(c, 400, 'invalid_arguments', describeIssues(asked.error));
    const { package: packageId, text, after = null, limit } = asked.data;
    const [last] =
      after === null
        ? []
        : await sql`SELECT lower(name) AS name FROM assets WHERE id = ${after} AND package_id = ${packageId}`;
    if (after !== null && last === undefined)
      return wireFailure(c, 400, 'invalid_arguments', 'after= names no asset of this package. Start again without it.');
    const bounds = {
      timeoutMs: TIMEOUT_MS,
      signal: c.req.raw.signal,
      tooLong: 'This takes too long on the server. Type more of the path.',
    };
    const assets = await boundedRead(
      sql,
      bounds,
      (tx) => tx`
        SELECT ${sql(columns)}, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
        FROM assets
        WHERE package_id = ${packageId} AND deleted_at IS NULL AND sidecar_of IS NULL
          AND lower(relative_path) LIKE lower(${containsPattern(text)}::text)
          ${last === undefined ? sql`` : sql`AND (lower(name), id) > (${last['name']}::text, ${after}::uuid)`}
        ORDER BY lower(name), id
        LIMIT ${limit}`,
    );
    return c.json({ assets: z.array(listedAsset).parse(assets) }, 200, { 'cache-control': 'no-store' });
  });
}
