/** The environment of `npm start`, read once. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnvironment } from '@ingesthub/schema/parse-environment.ts';
import { z } from 'zod';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const environment = z.object({
  IHUB_HOST: z.string().default('127.0.0.1'),
  IHUB_PORT: z.coerce.number({ error: 'set it to a port number' }).int().min(1).max(65_535).default(8080),
  IHUB_DATA_DIR: z.string().default('.ihub'),
  DATABASE_URL: z.url({ error: 'set it to postgres://user:password@host:port/database' }).optional(),
  MEDIA_ROOT_PATHS: z.string().optional(),
  PROXY_DIR: z.string().optional(),
});

export interface LaunchConfig {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Null: the embedded Postgres. */
  readonly databaseUrl: string | null;
  /** Absolute; null: the demo delivery. */
  readonly mediaRoots: readonly string[] | null;
  /** Absolute. */
  readonly derivativeFolder: string;
}

/** @throws EnvironmentError */
export function readConfig(env: NodeJS.ProcessEnv): LaunchConfig {
  const values = parseEnvironment(environment, env);
  // npm runs scripts in the project's root; people mean the folder that they stand in.
  const here = env['INIT_CWD'] ?? process.cwd();
  const dataDir =
    values.IHUB_DATA_DIR === '.ihub' ? path.join(ROOT, '.ihub') : path.resolve(here, values.IHUB_DATA_DIR);
  return {
    host: values.IHUB_HOST,
    port: values.IHUB_PORT,
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    mediaRoots: values.MEDIA_ROOT_PATHS
      ? values.MEDIA_ROOT_PATHS.split(':')
          .filter(Boolean)
          .map((folder) => path.resolve(here, folder))
      : null,
    derivativeFolder: values.PROXY_DIR ? path.resolve(here, values.PROXY_DIR) : path.join(dataDir, 'derivatives'),
  };
}
