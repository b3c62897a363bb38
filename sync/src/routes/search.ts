/**
 * `GET /api/search?kind=<kind>&q=<text>`: names that contain a text, ranked like a browser's own search.
 * `projects=<uuid>,…` restricts the search to these projects; `rank`, `age` and `id` of a row continue after that row.
 */

import { searchKind, searchRow, searchStatement } from '@ingesthub/schema/replica/search.ts';
import { boundedList } from '@ingesthub/schema/values/bounded-list.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead } from '../http/bounded-read.ts';
import { describeIssues } from '../http/describe-issues.ts';
import { oneLine } from '../http/one-line.ts';
import { wireFailure } from '../http/wire-failure.ts';

/** Milliseconds: with its index a search takes about ten; without it, a second per million names. */
const TIMEOUT_MS = 4000;

/** Accepts numbers as JavaScript writes them; an empty text is not a number. */
const number = z
  .string()
  .regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/, 'not a number')
  .transform(Number);

const request = z
  .object({
    kind: searchKind,
    q: oneLine,
    projects: z
      .string()
      .transform((text): unknown[] => text.split(','))
      .pipe(boundedList(z.uuid(), { max: 1000 }))
      .optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    rank: number.pipe(z.int().min(0).max(3)).optional(),
    age: number.pipe(z.number()).optional(),
    id: oneLine.optional(),
  })
  .transform(({ rank, age, id, ...asked }, context) => {
    const given = [rank, age, id].filter((part) => part !== undefined);
    if (rank !== undefined && age !== undefined && id !== undefined) return { ...asked, after: { rank, age, id } };
    if (given.length > 0) context.addIssue('rank, age and id belong to one row: give all of them or none');
    return { ...asked, after: null };
  });

/** Mount it at `/api/search`. */
export function searchRoute({ sql }: { sql: Sql }): Hono {
  return new Hono().get('/', async (c) => {
    const asked = request.safeParse(c.req.query());
    if (!asked.success) return wireFailure(c, 400, 'invalid_arguments', describeIssues(asked.error));
    const { kind, q, projects = null, limit, after } = asked.data;
    const statement = searchStatement(kind, q, { after, limit, projects });
    if (statement === null) return c.json({ rows: [] });
    const bounds = {
      timeoutMs: TIMEOUT_MS,
      signal: c.req.raw.signal,
      tooLong: 'This search takes too long on the server. Type more of the name.',
    };
    const rows = await boundedRead(sql, bounds, (tx) => tx.unsafe(statement.text, [...statement.values] as never[]));
    return c.json({ rows: z.array(searchRow).parse(rows) }, 200, { 'cache-control': 'no-store' });
  });
}
