/** Reads the environment of `npm start`. */
import { fileURLToPath } from 'node:url';
import { environmentFolders, folderVariables } from '@ingesthub/schema/environment/environment-folders.ts';
import { parseEnvironment } from '@ingesthub/schema/environment/parse-environment.ts';
import { z } from 'zod';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const environment = z.object({
  IHUB_HOST: z.string().default('127.0.0.1'),
  IHUB_PORT: z.coerce.number({ error: 'set it to a port number' }).int().min(1).max(65_535).default(8080),
  ...folderVariables,
  DATABASE_URL: z.url({ error: 'set it to postgres://user:password@host:port/database' }).optional(),
});

export interface LaunchConfig {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Null for the embedded Postgres. */
  readonly databaseUrl: string | null;
  /** Absolute; null for the demo delivery. */
  readonly mediaRoots: readonly string[] | null;
  /** Absolute. */
  readonly derivativeFolder: string;
}

/** @throws EnvironmentError */
export function readConfig(env: NodeJS.ProcessEnv): LaunchConfig {
  const values = parseEnvironment(environment, env);
  const { dataDir, derivativeFolder, mediaRoots } = environmentFolders(values, env);
  return {
    host: values.IHUB_HOST,
    port: values.IHUB_PORT,
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    mediaRoots: mediaRoots.length > 0 ? mediaRoots : null,
    derivativeFolder,
  };
}
