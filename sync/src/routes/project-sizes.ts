/** `GET /api/project-sizes`: the sizes by which browsers choose the projects they keep; at most a minute old. */
import type { ProjectSize } from '@ingesthub/schema/replica/working-set.ts';
import { Hono } from 'hono';
import type { Sql } from 'postgres';
import { readProjectSizes } from '../replica-image/project-sizes.ts';

const KEPT_MS = 60_000;

/** Mount it at `/api/project-sizes`. */
export function projectSizesRoute({ sql }: { sql: Sql }): Hono {
  let latest: { readonly until: number; readonly sizes: Promise<ProjectSize[]> } | null = null;

  function sizes(): Promise<ProjectSize[]> {
    if (latest !== null && latest.until > Date.now()) return latest.sizes;
    // Concurrent requests share one count.
    const counted = { until: Date.now() + KEPT_MS, sizes: readProjectSizes(sql) };
    latest = counted;
    counted.sizes.catch(() => {
      if (latest === counted) latest = null;
    });
    return counted.sizes;
  }

  return new Hono().get('/', async (c) => c.json({ projects: await sizes() }, 200, { 'cache-control': 'no-store' }));
}
