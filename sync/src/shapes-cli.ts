/** `npm run -s shapes -- --database-url URL --port N`: serves the shape engine alone, as Electric serves its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { resolveUserPath } from '@ingesthub/schema/environment/environment-folders.ts';
import { z } from 'zod';
import { checkingInterval, limitConnections } from './http/limit-connections.ts';
import { engineApp } from './shape-engine/engine-app.ts';
import { resetEngine } from './shape-engine/reset-engine.ts';
import { createShapeEngine } from './shape-engine/shape-engine.ts';
import { messageOf } from './shape-engine/shapes/follow-database.ts';
import { createCompressedShapes } from './shapes/compressed-shapes.ts';

const PUBLICATION = 'ingesthub_shapes';
const PARENT_CHECK_MS = 200;

const USAGE = `Usage: npm run -s shapes -- --database-url postgres://… --port 3000 [--host 127.0.0.1] [--data-dir folder] [--reset]
       [--chunk-bytes 10485760] [--enable-integration-testing]

Anyone who can reach the port, including pages in this machine's browsers, can read whatever the database's user can read.

  --data-dir   keeps shapes and the replication slot across restarts; without it they end with the process
  --reset      drops the publication, the slot and the shapes first; without --port, does nothing else

  --chunk-bytes                 size at which an answer ends and its reader requests the next
  --enable-integration-testing  lets anyone delete shapes (DELETE /v1/shape), as clients' test suites do`;

const flags = z
  .object({
    'database-url': z.url({ protocol: /^postgres(ql)?$/ }),
    port: z.coerce.number().int().min(1).max(65535).optional(),
    host: z.string().default('127.0.0.1'),
    'data-dir': z.string().min(1).optional(),
    reset: z.boolean().default(false),
    'chunk-bytes': z.coerce.number().int().min(1).optional(),
    'enable-integration-testing': z.boolean().default(false),
  })
  .refine(({ port, reset }) => port !== undefined || reset, { path: ['port'], error: 'is missing' });

function readFlags(): z.infer<typeof flags> {
  try {
    const { values } = parseArgs({
      options: {
        'database-url': { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        'data-dir': { type: 'string' },
        reset: { type: 'boolean' },
        'chunk-bytes': { type: 'string' },
        'enable-integration-testing': { type: 'boolean' },
      },
    });
    return flags.parse(values);
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n')
        : (error as Error).message;
    console.error(`${reason}\n${USAGE}`);
    process.exit(2);
  }
}

const options = readFlags();
const { 'database-url': databaseUrl, port, host, 'data-dir': dataDir, reset } = options;
const folder = dataDir === undefined ? null : resolveUserPath(dataDir, process.env);
if (reset) {
  await resetEngine({ databaseUrl, publication: PUBLICATION, folder }).catch((error: unknown) => {
    console.error(`The engine could not be reset: ${messageOf(error)}`);
    process.exit(1);
  });
}
if (port !== undefined) {
  if (process.env['npm_lifecycle_event']) endWithParent();
  await serveShapes(port);
}

/** npm forwards signals but cannot forward a SIGKILL; without this check the process would keep the port and the slot. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, PARENT_CHECK_MS).unref();
}

async function serveShapes(port: number): Promise<void> {
  const log = (message: string, error?: unknown) =>
    console.error(error === undefined ? message : `${message}: ${messageOf(error)}`);
  const chunkBytes = options['chunk-bytes'];
  const scratch = folder
    ? path.join(folder, 'compressed')
    : await mkdtemp(path.join(tmpdir(), 'ingesthub-compressed-'));
  const source = createCompressedShapes(
    createShapeEngine({
      databaseUrl,
      folder,
      publication: PUBLICATION,
      limits: chunkBytes === undefined ? {} : { chunkBytes },
      allowDeletion: options['enable-integration-testing'],
      log,
    }),
    { folder: scratch, log },
  );
  const serverOptions = checkingInterval();
  const server = serve({ fetch: engineApp(source).fetch, port, hostname: host, serverOptions }, () =>
    console.log(`Shapes at http://${host}:${port}/v1/shape`),
  );
  limitConnections(server as Server);
  server.once('error', (error: NodeJS.ErrnoException) => {
    const inUse = error.code === 'EADDRINUSE';
    console.error(
      inUse ? `Port ${port} is in use. Choose another with --port.` : `The server could not start: ${error.message}`,
    );
    process.exit(1);
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      server.close();
      void source
        .close()
        .then(() => rm(scratch, { recursive: true, force: true }))
        .then(() => process.exit(0));
    });
  }
}
