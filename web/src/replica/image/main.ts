/** The builder as a process: `node main.ts --server URL --folder PATH --name NAME [--projects ID,ID]`. Ends with whoever started it. */
import { parseArgs } from 'node:util';
import { buildImage } from './build-image.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// Our parent is gone, however it went.
process.on('disconnect', () => stop.abort());

try {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { server: option, folder: option, name: option, projects: option } });
  const { server, folder, name, projects } = values;
  if (!server || !folder || !name) throw new Error('Say --server URL, --folder PATH and --name NAME.');
  await buildImage({ server, folder, name, projects: projects?.split(',') ?? null, signal: stop.signal });
  process.exit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
