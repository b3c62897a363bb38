/** The ingestor's environment, read here and nowhere else. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import {
  environmentFolders,
  folderVariables,
  resolveUserPath as resolveInEnvironment,
} from '@ingesthub/schema/environment-folders.ts';
import { EnvironmentError, parseEnvironment } from '@ingesthub/schema/parse-environment.ts';
import { z } from 'zod';
import { type GeminiAvailability, geminiAvailability, geminiVariables } from './analyze/gemini/gemini-settings.ts';

const environment = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  ...folderVariables,
  IHUB_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
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
  const databaseUrl =
    settings.DATABASE_URL ?? readText(path.join(environmentFolders(settings, env).dataDir, 'database-url'));
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
    derivativeFolder: environmentFolders(settings, env).derivativeFolder,
    logLevel: settings.IHUB_LOG_LEVEL,
  };
}

/**
 * The media roots of `MEDIA_ROOT_PATHS`, symlinks resolved; none when it is unset.
 *
 * @throws EnvironmentError when one is missing or no folder.
 */
export function readMediaRoots(env: Environment = process.env): string[] {
  return environmentFolders(parseEnvironment(environment, env), env).mediaRoots.map((absolute) => {
    try {
      const real = realpathSync(absolute);
      if (statSync(real).isDirectory()) return real;
    } catch (error) {
      throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS does not exist.`, { cause: error });
    }
    throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS is not a folder.`);
  });
}

/** Whether a model is asked what deliveries are, and which; that none is set is no error. @throws EnvironmentError */
export function readGeminiAvailability(env: Environment = process.env): GeminiAvailability {
  return geminiAvailability(parseEnvironment(z.object(geminiVariables), env));
}

/** A path that was typed after the command, absolute. */
export function resolveUserPath(given: string): string {
  return resolveInEnvironment(given, process.env);
}

/** What external programs see of the environment: where programs lie, plain messages, none of our secrets. */
export function toolEnvironment(env: Environment = process.env): Record<string, string> {
  return { PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' };
}

/** What `ihub doctor` looks at, as it was set: nothing is checked here. */
export interface HostSettings {
  readonly host: string;
  /** Null: none is known. */
  readonly databaseUrl: string | null;
  /** Absolute, symlinks as they are. */
  readonly mediaRoots: readonly string[];
  readonly derivativeFolder: string;
  /** Null: assets are linked nowhere. */
  readonly datasetsRoot: string | null;
  readonly gemini: GeminiAvailability;
}

/** @throws EnvironmentError when a setting cannot be read. */
export function readHostSettings(env: Environment = process.env): HostSettings {
  const settings = parseEnvironment(
    environment.extend({ ...geminiVariables, DATASETS_ROOT: z.string().optional() }),
    env,
  );
  const { dataDir, derivativeFolder, mediaRoots } = environmentFolders(settings, env);
  return {
    host: hostname(),
    databaseUrl: settings.DATABASE_URL ?? readText(path.join(dataDir, 'database-url')),
    mediaRoots,
    derivativeFolder,
    datasetsRoot: settings.DATASETS_ROOT ? resolveInEnvironment(settings.DATASETS_ROOT, env) : null,
    gemini: geminiAvailability(settings),
  };
}

/** How a terminal may be written to. `NO_COLOR`: https://no-color.org */
export function readTerminal(env: Environment = process.env): { canRepaint: boolean; color: boolean } {
  return { canRepaint: env['TERM'] !== 'dumb', color: !env['NO_COLOR'] };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
