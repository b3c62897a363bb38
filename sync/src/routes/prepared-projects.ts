/**
 * `GET /api/prepared-projects/<project>`: what a browser needs to load a project at once, or 202 while that is being made; with `?id=` a
 * copy that it has begun to load. `GET …/<project>/<id>/<shape>/<n>`: a chunk of rows. Readers of a project's shapes may read these.
 */
import { pipeline, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createZstdDecompress } from 'node:zlib';
import { shapesOf } from '@ingesthub/schema/library/shapes.ts';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import { preferredEncoding } from '../http/content-encoding.ts';
import { wireFailure } from '../http/wire-failure.ts';
import type { PreparedProjects } from '../prepared-projects/prepared-projects.ts';
import { type KnownScopes, NO_SCOPE } from '../shapes/known-scopes.ts';

export interface PreparedProjectsRouteOptions {
  readonly prepared: Pick<PreparedProjects, 'get' | 'find' | 'openChunk'>;
  readonly scopes: KnownScopes;
  readonly log: Logger;
}

/** Milliseconds after which a browser is asked to come back, before it or a proxy gives up. */
const PATIENCE_MS = 15_000;

const chunkName = z.object({
  project: z.uuid().transform((id) => id.toLowerCase()),
  id: z.string().regex(/^[0-9a-z]+$/),
  shape: z.enum(shapesOf('project')),
  index: z.coerce.number().int().min(0),
});

/** Mount it at `/api/prepared-projects`. */
export function preparedProjectsRoute({ prepared, scopes, log }: PreparedProjectsRouteOptions): Hono {
  return new Hono()
    .get('/:project', async (c) => {
      const parsed = chunkName.shape.project.safeParse(c.req.param('project'));
      if (!parsed.success || parsed.data === NO_SCOPE)
        return wireFailure(c, 400, 'invalid_arguments', 'A prepared project needs its project’s id.');
      const project = parsed.data;
      const isKnown = await scopes.has({ name: 'assets', scopeId: project }).catch(() => null);
      if (isKnown === null) return wireFailure(c, 503, 'unavailable', 'The database does not answer. Try again.');
      if (!isKnown) return wireFailure(c, 404, 'not_found', 'There is no such project.');
      const id = chunkName.shape.id.safeParse(c.req.query('id'));
      const begun = id.success ? await prepared.find(project, id.data) : null;
      try {
        const answer = begun ?? (await Promise.race([prepared.get(project), delay(PATIENCE_MS, null, { ref: false })]));
        return c.json(answer, answer === null ? 202 : 200, { 'cache-control': 'no-store' });
      } catch (error) {
        log.info({ err: error, project }, 'A project could not be prepared. Browsers load its shapes.');
        return wireFailure(c, 503, 'unavailable', 'The project cannot be prepared now. Read its shapes.');
      }
    })
    .get('/:project/:id/:shape/:index', async (c) => {
      const parsed = chunkName.safeParse(c.req.param());
      const file = parsed.success
        ? await prepared.openChunk(parsed.data.project, parsed.data.id, parsed.data.shape, parsed.data.index)
        : null;
      if (file === null) return wireFailure(c, 404, 'not_found', 'There is no such part of a prepared project.');
      const headers = new Headers({
        // A browser needs a chunk once and has better uses for the space.
        'cache-control': 'private, no-store',
        'content-type': 'application/octet-stream',
        vary: 'accept-encoding',
      });
      const stream = file.createReadStream();
      if (preferredEncoding(c.req.header('accept-encoding') ?? null) !== 'zstd') {
        // A failure of either stream ends both, and with them the answer.
        const plain = pipeline(stream, createZstdDecompress(), () => {});
        return new Response(Readable.toWeb(plain) as ReadableStream, { headers });
      }
      headers.set('content-encoding', 'zstd');
      headers.set('content-length', String((await file.stat()).size));
      return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
    });
}
