/** The whole server as one Hono app, without port or environment; `main.ts` supplies both. */
import { createDatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import { sameMachine } from './auth/same-machine.ts';
import { TooLongError } from './http/bounded-read.ts';
import { wireFailure } from './http/wire-failure.ts';
import { OriginalReaders } from './originals/original-readers.ts';
import { PreparedProjects } from './prepared-projects/prepared-projects.ts';
import { dropImagesOf } from './replica-image/stored-images.ts';
import type { WantedImages } from './replica-image/wanted-images.ts';
import { auditRoute } from './routes/audit.ts';
import { healthRoute } from './routes/health.ts';
import { liveRoute } from './routes/live.ts';
import { mediaRoute } from './routes/media.ts';
import { mutationsRoute } from './routes/mutations.ts';
import { packageAssetsRoute } from './routes/package-assets.ts';
import { packageSummariesRoute } from './routes/package-summaries.ts';
import { preparedProjectsRoute } from './routes/prepared-projects.ts';
import { projectSizesRoute } from './routes/project-sizes.ts';
import { replicaImageRoute } from './routes/replica-image.ts';
import { searchRoute } from './routes/search.ts';
import { shapesRoute } from './routes/shapes.ts';
import { thumbnailsRoute } from './routes/thumbnails.ts';
import { wantedRoute } from './routes/wanted.ts';
import { webAppRoute } from './routes/web-app.ts';
import type { ServerConfig } from './settings/config.ts';
import { createKnownScopes } from './shapes/known-scopes.ts';
import { ServerStateWatch } from './shapes/server-state.ts';
import type { ShapeSource } from './shapes/shape-source.ts';

export interface AppOptions {
  readonly sql: Sql;
  readonly source: ShapeSource;
  readonly wantedImages: WantedImages;
  readonly log: Logger;
  readonly config: Pick<
    ServerConfig,
    | 'databaseFolder'
    | 'derivativeFolder'
    | 'mediaRoots'
    | 'minFree'
    | 'preparedFolder'
    | 'replicaImageFolder'
    | 'version'
    | 'webFolder'
  >;
  /** Ends the open streams: a stopping server must not wait for its readers. */
  readonly signal: AbortSignal;
}

/** The actor without accounts: the person at this machine. */
const LOCAL_ACTOR = 'local';

export function createApp({ sql, source, wantedImages, log, config, signal }: AppOptions): Hono {
  const app = new Hono();
  app.use(sameMachine());
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        // PGlite runs as WebAssembly.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
      // The loopback address is served over plain HTTP.
      strictTransportSecurity: false,
    }),
  );

  const disk = createDatabaseDisk(config.databaseFolder, config.minFree);
  const state = new ServerStateWatch({ source, disk, askPostgres: () => sql`SELECT 1` });
  app.route(
    '/api/health',
    healthRoute({ sql, source, disk, version: config.version, replicaImageFolder: config.replicaImageFolder }),
  );
  const onGone = (handle: string) => {
    dropImagesOf(config.replicaImageFolder, handle).then(
      (names) => names.length > 0 && log.info({ names }, 'dropped replica images of deleted shapes'),
      (error: unknown) => log.warn({ err: error }, 'could not drop a replica image of a deleted shape'),
    );
  };
  const scopes = createKnownScopes(sql);
  app.route('/api/shapes', shapesRoute({ source, scopes, onGone }));
  app.route('/api/live', liveRoute({ source, scopes, state, signal }));
  const prepared = new PreparedProjects({ sql, source, folder: config.preparedFolder });
  app.route('/api/prepared-projects', preparedProjectsRoute({ prepared, scopes, log }));
  app.route('/api/project-sizes', projectSizesRoute({ sql }));
  app.route('/api/package-summaries', packageSummariesRoute({ sql }));
  app.route('/api/package-assets', packageAssetsRoute({ sql }));
  app.route('/api/search', searchRoute({ sql }));
  app.route('/api/replica-image', replicaImageRoute({ folder: config.replicaImageFolder, wanted: wantedImages }));
  app.route('/api/mutations', mutationsRoute({ sql, scopes, log, disk, actor: LOCAL_ACTOR }));
  app.route('/api/audit', auditRoute({ sql }));
  app.route('/api/thumbnails', thumbnailsRoute({ sql, derivativeFolder: config.derivativeFolder }));
  app.route('/api/wanted', wantedRoute({ sql }));
  app.all('/api/*', (c) => wireFailure(c, 404, 'not_found', `There is no ${c.req.path}.`));
  const originals = new OriginalReaders({ mediaRoots: config.mediaRoots, signal });
  app.route('/media', mediaRoute({ sql, derivativeFolder: config.derivativeFolder, originals }));
  app.all('/media/*', (c) => wireFailure(c, 404, 'not_found', `There is no ${c.req.path}.`));
  app.route('/', webAppRoute({ folder: config.webFolder }));

  app.onError((error, c) => {
    if (c.req.raw.signal.aborted) return c.body(null, 499 as 400);
    if (error instanceof TooLongError) return wireFailure(c, 503, 'unavailable', error.message);
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed');
    return wireFailure(c, 500, 'internal', 'The server could not answer. See its log for the reason.');
  });
  return app;
}
