/** A shape source under Electric's own paths. */
import { Hono } from 'hono';
import type { ShapeSource } from '../shape-source.ts';

export function engineApp(source: ShapeSource): Hono {
  return new Hono()
    .all('/v1/shape', (context) => source.fetch(context.req.raw))
    .get('/v1/health', async (context) => {
      const { status } = await source.health();
      context.header('cache-control', 'no-cache, no-store, must-revalidate');
      if (status === 'active') return context.json({ status }, 200);
      return context.json({ status: status === 'down' ? 'waiting' : status }, 202);
    });
}
