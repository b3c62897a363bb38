/** `npm run stop`: ends the product that runs on this data folder. */
import { existsSync } from 'node:fs';
import { readConfig } from './config.ts';
import { runningInstance } from './instance-lock.ts';

const { dataDir } = readConfig(process.env);
const pid = existsSync(dataDir) ? runningInstance(dataDir) : null;
if (pid === null) {
  process.stderr.write(`IngestHub does not run on ${dataDir}.\n`);
} else {
  process.kill(pid, 'SIGTERM');
  while (runningInstance(dataDir) === pid) await new Promise((resolve) => setTimeout(resolve, 100));
  process.stderr.write('IngestHub has stopped.\n');
}
