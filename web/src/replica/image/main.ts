/**
 * The builder as a process, which ends with its parent:
 * `node main.ts --server URL --folder PATH --name NAME [--projects ID,ID]`.
 */
import { parseArgs } from 'node:util';
import { buildImage } from './build-image.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// The parent process has ended or crashed.
process.on('disconnect', () => stop.abort());

try {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { server: option, folder: option, name: option, projects: option } });
  const { server, folder, name, projects } = values;
  if (!server || !folder || !name) throw new Error('Pass --server URL, --folder PATH and --name NAME.');
  await buildImage({ server, folder, name, projects: projects?.split(',') ?? null, signal: stop.signal });
  process.exit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
