/** Finds the database of the running product, or the one in DATABASE_URL, for tools used beside the product. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from './config.ts';

/** @throws Error when neither is available. */
export async function databaseUrl(env: NodeJS.ProcessEnv): Promise<string> {
  const config = readConfig(env);
  if (config.databaseUrl !== null) return config.databaseUrl;
  return readFile(path.join(config.dataDir, 'database-url'), 'utf8').catch((error: Error) => {
    throw new Error('IngestHub is not running here: start it with npm start, or set DATABASE_URL.', { cause: error });
  });
}

/** `npm run db` */
if (import.meta.main) {
  try {
    process.stdout.write(`${await databaseUrl(process.env)}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
