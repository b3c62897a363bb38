/**
 * `GET /api/search?kind=<kind>&q=<text>`: names that contain a text, ranked as a browser's own search
 * ranks them. `projects=<uuid>,…` looks in these alone; `rank`, `age` and `id` of a row ask for what comes
 * after it.
 */
import { searchCursor, searchKind, searchRow, searchStatement } from '@ingesthub/schema/search.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead, tookTooLong } from '../bounded-read.ts';
import { wireFailure } from '../wire-failure.ts';

/** Milliseconds: with its index a search takes some ten, without it a second for a million names. */
const TIMEOUT_MS = 4000;

const request = z.object({
  kind: searchKind,
  q: z.string().max(200),
  projects: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).max(1000))
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Mount it at `/api/search`. */
export function searchRoute({ sql }: { sql: Sql }): Hono {
  return new Hono().get('/', async (c) => {
    const asked = request.safeParse(c.req.query());
    if (!asked.success) return wireFailure(c, 400, 'invalid_arguments', z.prettifyError(asked.error));
    const { kind, q, projects = null, limit } = asked.data;
    const after = searchCursor.safeParse(c.req.query()).data ?? null;
    const statement = searchStatement(kind, q, { after, limit, projects });
    if (statement === null) return c.json({ rows: [] });
    try {
      const rows = await boundedRead(sql, TIMEOUT_MS, (tx) =>
        tx.unsafe(statement.text, [...statement.values] as never[]),
      );
      return c.json({ rows: z.array(searchRow).parse(rows) }, 200, { 'cache-control': 'no-store' });
    } catch (error) {
      if (!tookTooLong(error)) throw error;
      return wireFailure(c, 503, 'unavailable', 'This search takes too long at the server: type more of the name.');
    }
  });
}
