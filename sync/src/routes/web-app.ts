/** Serves the built web app: hashed files cached forever, other files revalidated, and the app's single page for every page path. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { wireFailure } from '../http/wire-failure.ts';

export function webAppRoute({ folder }: { folder: string }): Hono {
  const route = new Hono();
  route.use('*', async (c, next) => {
    await next();
    if (!c.res.ok) return;
    const hashed = c.req.path.startsWith('/assets/');
    c.res.headers.set('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  route.use('*', serveStatic({ root: path.relative(process.cwd(), folder) || '.' }));
  route.get('*', async (c) => {
    // A path with an extension is a missing file; one without is a page.
    if (path.extname(c.req.path) !== '') return wireFailure(c, 404, 'not_found', 'There is no such file.');
    const page = await readFile(path.join(folder, 'index.html'), 'utf8').catch(() => null);
    if (page === null) return wireFailure(c, 503, 'unavailable', 'The web app is not built. Run npm start.');
    return c.html(page);
  });
  return route;
}
