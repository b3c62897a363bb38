/** The builder as a process: `node main.ts --server URL --folder PATH`. Ends with whoever started it. */
import { parseArgs } from 'node:util';
import { buildImage } from './build-image.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
// Our parent is gone, however it went.
process.on('disconnect', () => stop.abort());

try {
  const { values } = parseArgs({ options: { server: { type: 'string' }, folder: { type: 'string' } } });
  if (!values.server || !values.folder) throw new Error('Say --server URL and --folder PATH.');
  await buildImage({ server: values.server, folder: values.folder, signal: stop.signal });
  process.exit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
