/** The server's environment, read once. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskVariables, GIGABYTE } from '@ingesthub/schema/environment/database-disk.ts';
import { environmentFolders, folderVariables } from '@ingesthub/schema/environment/environment-folders.ts';
import { parseEnvironment } from '@ingesthub/schema/environment/parse-environment.ts';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export const environment = z
  .object({
    IHUB_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    IHUB_HOST: z.string().default('127.0.0.1'),
    ...folderVariables,
    ...diskVariables,
    IHUB_AUTH: z.enum(['none', 'accounts']).default('none'),
    DATABASE_URL: z.url({ error: 'set it to postgres://user:password@host:port/database' }),
    ELECTRIC_URL: z.url().optional(),
    ELECTRIC_SECRET: z.string().optional(),
  })
  .refine((env) => env.IHUB_AUTH !== 'accounts', {
    path: ['IHUB_AUTH'],
    error: 'accounts are not available yet; remove it and serve on 127.0.0.1',
  })
  .refine((env) => LOOPBACK.has(env.IHUB_HOST), {
    path: ['IHUB_HOST'],
    error: 'without accounts IngestHub serves this machine only; set it to 127.0.0.1',
  });

/** Threads of this process for files and compression. libuv reads the variable before any JavaScript runs. */
export const FILE_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Absolute folder of the embedded Postgres' data; null when Postgres' disk cannot be seen from here. */
  readonly databaseFolder: string | null;
  /** Bytes that changes must leave free on that disk. */
  readonly minFree: number;
  /** Null selects the embedded shape engine. */
  readonly electric: { readonly url: string; readonly secret: string | null } | null;
  /** Absolute folders; an original outside them is never read. */
  readonly mediaRoots: readonly string[];
  readonly derivativeFolder: string;
  /** Folder of the embedded shape engine. */
  readonly shapeFolder: string;
  /** Compressed answers; emptied at start. */
  readonly compressedFolder: string;
  /** Prepared projects for browsers. */
  readonly preparedFolder: string;
  /** Replica images, and the folders from which their builder continues. */
  readonly replicaImageFolder: string;
  /** The builder of replica images, a file run by Node. */
  readonly replicaImageBuilder: string;
  /** The built web app. */
  readonly webFolder: string;
  readonly version: string;
}

/** @throws EnvironmentError */
export function readConfig(env: NodeJS.ProcessEnv): ServerConfig {
  const values = parseEnvironment(environment, env);
  const folders = environmentFolders(values, env);
  return {
    host: values.IHUB_HOST,
    port: values.IHUB_PORT,
    databaseUrl: values.DATABASE_URL,
    databaseFolder: values.IHUB_DATABASE_FOLDER ?? null,
    minFree: values.IHUB_MIN_FREE_GB * GIGABYTE,
    electric: values.ELECTRIC_URL ? { url: values.ELECTRIC_URL, secret: values.ELECTRIC_SECRET ?? null } : null,
    mediaRoots: folders.mediaRoots,
    derivativeFolder: folders.derivativeFolder,
    shapeFolder: path.join(folders.dataDir, 'shapes'),
    compressedFolder: path.join(folders.dataDir, 'compressed'),
    preparedFolder: path.join(folders.dataDir, 'prepared-projects'),
    replicaImageFolder: path.join(folders.dataDir, 'replica-images'),
    replicaImageBuilder: fileURLToPath(import.meta.resolve('@ingesthub/web/replica/image/main.ts')),
    webFolder: path.join(ROOT, 'web/dist'),
    version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))
      .version,
  };
}
