/** Serves a shape source under Electric's own paths. */
import { Hono } from 'hono';
import type { ShapeSource } from '../shapes/shape-source.ts';

export function engineApp(source: ShapeSource): Hono {
  return new Hono({ getPath })
    .all('/v1/shape', (context) => source.fetch(context.req.raw))
    .get('/v1/health', async (context) => {
      const { status } = await source.health();
      const body = { status: status === 'down' ? 'waiting' : status };
      return context.json(body, status === 'active' ? 200 : 202, {
        'cache-control': 'no-cache, no-store, must-revalidate',
        'content-type': 'application/json; charset=utf-8',
      });
    });
}

/** Returns the path without redundant slashes, which Electric ignores too. */
function getPath(request: Request): string {
  return `/${new URL(request.url).pathname.split('/').filter(Boolean).join('/')}`;
}
