/** `GET /api/package-summaries?project=<uuid>`: summarizes a project's packages, for browsers that do not keep its assets. */
import { packageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead } from '../http/bounded-read.ts';
import { wireFailure } from '../http/wire-failure.ts';

/** Milliseconds; counting a million assets takes about a second. */
const TIMEOUT_MS = 20_000;
const KEPT_MS = 30_000;

/** Mount it at `/api/package-summaries`. */
export function packageSummariesRoute({ sql }: { sql: Sql }): Hono {
  const answers = new LRUCache<string, Promise<unknown>>({ max: 100, ttl: KEPT_MS });

  function summaries(projectId: string): Promise<unknown> {
    const known = answers.get(projectId);
    if (known) return known;
    const counted = boundedRead(sql, { timeoutMs: TIMEOUT_MS }, async (tx) =>
      z.array(packageSummaryRow).parse(await tx`SELECT * FROM package_summaries WHERE project_id = ${projectId}`),
    );
    answers.set(projectId, counted);
    counted.catch(() => answers.delete(projectId));
    return counted;
  }

  return new Hono().get('/', async (c) => {
    const project = z.uuid().safeParse(c.req.query('project'));
    if (!project.success) return wireFailure(c, 400, 'invalid_arguments', 'Name one project=<uuid>.');
    return c.json({ packages: await summaries(project.data) }, 200, { 'cache-control': 'no-store' });
  });
}
