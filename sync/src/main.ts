/** The server as a process: environment, database, port, signals. */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import pino from 'pino';
import postgres from 'postgres';
import { createApp } from './app.ts';
import { checkingInterval, limitConnections } from './http/limit-connections.ts';
import { keepImage } from './replica-image/keep-image.ts';
import { createWantedImages } from './replica-image/wanted-images.ts';
import { readConfig } from './settings/config.ts';
import { createShapeEngine } from './shape-engine/shape-engine.ts';
import { createCompressedShapes } from './shapes/compressed-shapes.ts';
import { createRemoteElectric } from './shapes/remote-electric.ts';
import { addCounts } from './upkeep/add-counts.ts';
import { purgeDaily } from './upkeep/purge-deleted.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// The parent process has ended.
process.on('disconnect', () => stop.abort());

try {
  await main(stop.signal);
  process.exit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(signal: AbortSignal): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ name: 'server' });
  const sql = postgres(config.databaseUrl, { max: 10, connect_timeout: 5, onnotice: () => {} });
  await migrateServer(sql).catch((error: Error) => {
    throw new Error(`The database in DATABASE_URL cannot be used: ${error.message || error.constructor.name}.`, {
      cause: error,
    });
  });
  // A stop during the migration; from here on, a listener handles the signal.
  if (signal.aborted) return sql.end({ timeout: 2 });

  const logShapes = (message: string, error: unknown) => log.info({ err: error }, message);
  const engine = config.electric
    ? createRemoteElectric({ ...config.electric, sql })
    : createShapeEngine({
        databaseUrl: config.databaseUrl,
        folder: config.shapeFolder,
        tables: Object.values(shapes).map((shape) => shape.table),
        log: logShapes,
      });
  const source = createCompressedShapes(engine, { folder: config.compressedFolder, log: logShapes });
  const wantedImages = createWantedImages();
  const app = createApp({ sql, source, wantedImages, log, config, signal });

  void addCounts({
    sql,
    signal,
    onError: (error) => log.warn({ err: error }, 'could not add up the counts'),
  });
  void purgeDaily({
    sql,
    signal,
    onPurged: (rows) => log.info({ rows }, 'purged old rows'),
    onError: (error) => log.warn({ err: error }, 'could not purge old rows'),
  });

  let keepingImage: Promise<void> | null = null;
  const failed = Promise.withResolvers<never>();
  // A search or an image may name a thousand projects, which makes a URL of 40 kB.
  const serverOptions = { maxHeaderSize: 64 * 1024, ...checkingInterval() };
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port, serverOptions }, ({ port }) => {
    log.info({ host: config.host, port }, 'listening');
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const { replicaImageFolder: folder, replicaImageBuilder: builder } = config;
    keepingImage = keepImage({
      sql,
      log,
      folder,
      wanted: wantedImages,
      builder,
      server: `http://${host}:${port}`,
      signal,
    }).catch((error: unknown) => log.error({ err: error }, 'Replica images are no longer kept up to date.'));
    process.send?.('ready');
  });
  limitConnections(server as Server);
  server.once('error', (error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${error.code})`;
    failed.reject(new Error(`Port ${config.port} on ${config.host} ${why}; set IHUB_PORT to a free one.`));
  });
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  try {
    await Promise.race([stopped, failed.promise]);
  } finally {
    log.info('stopping');
    server.close();
    await source.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await keepingImage;
    await sql.end({ timeout: 2 });
  }
}
