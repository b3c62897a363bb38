/** `npm run -s shapes -- --database-url URL --port N`: the shape engine alone, served as Electric serves its own. */
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { z } from 'zod';
import { createEmbeddedElectric } from './electric/embedded-electric.ts';
import { engineApp } from './electric/engine-app.ts';

const USAGE = 'Usage: npm run -s shapes -- --database-url postgres://… --port 3000 [--host 127.0.0.1]';

const flags = z.object({
  'database-url': z.url({ protocol: /^postgres(ql)?$/ }),
  port: z.coerce.number().int().min(1).max(65535),
  host: z.string().default('127.0.0.1'),
});

function readFlags(): z.infer<typeof flags> {
  try {
    const { values } = parseArgs({
      options: { 'database-url': { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
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

const { 'database-url': databaseUrl, port, host } = readFlags();
const source = createEmbeddedElectric({
  databaseUrl,
  publication: 'ingesthub_shapes',
  log: (message) => console.error(message),
});
const server = serve({ fetch: engineApp(source).fetch, port, hostname: host }, () =>
  console.log(`Shapes at http://${host}:${port}/v1/shape`),
);
server.once('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is in use; choose another with --port.` : `No server: ${error.message}`,
  );
  process.exit(1);
});

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    server.close();
    void source.close().then(() => process.exit(0));
  });
}
