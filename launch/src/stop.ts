/** `npm run stop`: stops the product running on this data folder. */
import { existsSync } from 'node:fs';
import { readConfig } from './config.ts';
import { runningInstance } from './instance-lock.ts';

const { dataDir } = readConfig(process.env);
const pid = existsSync(dataDir) ? runningInstance(dataDir) : null;
if (pid === null) {
  process.stderr.write(`IngestHub is not running on ${dataDir}.\n`);
} else {
  process.kill(pid, 'SIGTERM');
  while (runningInstance(dataDir) === pid) await new Promise((resolve) => setTimeout(resolve, 100));
  process.stderr.write('IngestHub has stopped.\n');
}
