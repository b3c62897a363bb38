/** `npm run stop`: ends the product that runs on this data folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from './config.ts';
import { isLauncher } from './instance-lock.ts';

const { dataDir } = readConfig(process.env);
const pid = Number(await readFile(path.join(dataDir, 'launch.pid'), 'utf8').catch(() => ''));
if (pid > 1 && (await isLauncher(pid))) {
  process.kill(pid, 'SIGTERM');
  while (await isLauncher(pid)) await new Promise((resolve) => setTimeout(resolve, 100));
  process.stderr.write('IngestHub has stopped.\n');
} else {
  process.stderr.write(`IngestHub does not run on ${dataDir}.\n`);
}
