/** The ingestor's environment, read here and nowhere else. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, parseEnvironment } from '@ingesthub/schema/parse-environment.ts';
import { z } from 'zod';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

const environment = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  /** Default: .ihub in the repository. */
  IHUB_DATA_DIR: z.string().min(1).optional(),
  MEDIA_ROOT_PATHS: z.string().default(''),
  PROXY_DIR: z.string().min(1).optional(),
  IHUB_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Where the person stood: package managers change the working directory to the repository. */
  INIT_CWD: z.string().optional(),
});

/** What every command needs. */
export interface ConnectionConfig {
  readonly databaseUrl: string;
}

export interface DaemonConfig extends ConnectionConfig {
  /** This machine's name: one daemon works under it. */
  readonly host: string;
  /** Absolute, symlinks resolved. */
  readonly mediaRoots: readonly string[];
  /** Absolute; made when missing. */
  readonly derivativeFolder: string;
  readonly logLevel: z.infer<typeof environment>['IHUB_LOG_LEVEL'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws EnvironmentError when no database is known. */
export function readConnectionConfig(env: Environment = process.env): ConnectionConfig {
  const settings = parseEnvironment(environment, env);
  const databaseUrl = settings.DATABASE_URL ?? readText(path.join(dataFolder(settings), 'database-url'));
  if (!databaseUrl) {
    throw new EnvironmentError('IngestHub is not running here: start it with npm start, or set DATABASE_URL.');
  }
  return { databaseUrl };
}

/** @throws EnvironmentError when the database is unknown, or a media root is missing or no folder. */
export function readDaemonConfig(env: Environment = process.env): DaemonConfig {
  const settings = parseEnvironment(environment, env);
  const mediaRoots = readMediaRoots(env);
  if (mediaRoots.length === 0) {
    throw new EnvironmentError(
      'MEDIA_ROOT_PATHS is not set: name the folders that may be read, with colons between them, such as MEDIA_ROOT_PATHS=/mnt/media.',
    );
  }
  return {
    ...readConnectionConfig(env),
    host: hostname(),
    mediaRoots,
    derivativeFolder: settings.PROXY_DIR
      ? path.resolve(settings.INIT_CWD ?? process.cwd(), settings.PROXY_DIR)
      : path.join(dataFolder(settings), 'derivatives'),
    logLevel: settings.IHUB_LOG_LEVEL,
  };
}

/**
 * The media roots of `MEDIA_ROOT_PATHS`, symlinks resolved; none when it is unset.
 *
 * @throws EnvironmentError when one is missing or no folder.
 */
export function readMediaRoots(env: Environment = process.env): string[] {
  return parseEnvironment(environment, env)
    .MEDIA_ROOT_PATHS.split(':')
    .filter((root) => root !== '')
    .map((root) => {
      const absolute = resolveUserPath(root, env);
      try {
        const real = realpathSync(absolute);
        if (statSync(real).isDirectory()) return real;
      } catch (error) {
        throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS does not exist.`, { cause: error });
      }
      throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS is not a folder.`);
    });
}

/** A path as its author meant it: relative to where they ran the command. */
export function resolveUserPath(given: string, env: Environment = process.env): string {
  return path.resolve(env['INIT_CWD'] ?? process.cwd(), given);
}

/** What external programs see of the environment: where programs lie, plain messages, none of our secrets. */
export function toolEnvironment(env: Environment = process.env): Record<string, string> {
  return { PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' };
}

function dataFolder(settings: z.infer<typeof environment>): string {
  const given = settings.IHUB_DATA_DIR;
  return given === undefined ? path.join(REPOSITORY, '.ihub') : path.resolve(settings.INIT_CWD ?? process.cwd(), given);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
