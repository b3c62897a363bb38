/** `POST /api/wanted`: moves assets on a person's screen to the front of the preview queue. A hint, so the answer is empty. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { wantedRequest } from '@ingesthub/schema/library/wanted.ts';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Sql } from 'postgres';
import { describeIssues } from '../http/describe-issues.ts';
import { wireFailure } from '../http/wire-failure.ts';

/** Bytes; the ids of the largest request take twenty thousand. */
const MAX_BODY = 64 * 1024;

/** Mount it at `/api/wanted`. */
export function wantedRoute({ sql }: { sql: Sql }): Hono {
  const route = new Hono();
  route.post('/', bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }), async (c) => {
    const body = wantedRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return wireFailure(c, 400, 'invalid_arguments', describeIssues(body.error));
    await insertWanted(sql, body.data.ids);
    return c.body(null, 204);
  });
  return route;
}

function tooLarge(c: Context): Response {
  return wireFailure(c, 413, 'too_large', 'The request is over 64 kB; ask for fewer previews at once.');
}

/** Inserts the assets that wait for a probe or derivative and whose file is on disk. */
async function insertWanted(sql: Sql, ids: string[]): Promise<void> {
  // Sorted, so that two browsers showing the same assets cannot deadlock.
  await sql`
    INSERT INTO wanted (asset_id)
    SELECT id FROM assets
    WHERE id = ANY (${ids}::uuid[]) AND deleted_at IS NULL AND missing_since IS NULL
      AND ${sql.unsafe(anyStepIs('pending'))}
    ORDER BY id
    ON CONFLICT (asset_id) DO NOTHING`;
}
