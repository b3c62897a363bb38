/** Reads the ingestor's environment; no other module does. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname, totalmem } from 'node:os';
import path from 'node:path';
import { diskVariables, GIGABYTE } from '@ingesthub/schema/environment/database-disk.ts';
import {
  environmentFolders,
  folderVariables,
  resolveUserPath as resolveInEnvironment,
} from '@ingesthub/schema/environment/environment-folders.ts';
import { EnvironmentError, parseEnvironment } from '@ingesthub/schema/environment/parse-environment.ts';
import { z } from 'zod';
import { type AutoAcceptRule, parseAutoAccept } from '../analyze/auto-accept.ts';
import { type ModelAvailability, modelAvailability, modelVariables } from '../analyze/model/model-settings.ts';

const seconds = z.coerce.number().positive().max(86_400);

const toolMemoryGigabytes = z.coerce.number().min(0.25).optional();

export const environment = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  ...folderVariables,
  ...modelVariables,
  /** The ingestor's name; several ingestors on one machine need different names. */
  IHUB_INGESTOR: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'it may have only letters, digits, dots, hyphens and underscores')
    .optional(),
  /** Seconds between two polls of the media roots. */
  IHUB_POLL_SECONDS: seconds.default(15),
  /** Seconds for which a folder must stay unchanged before it counts as delivered. */
  IHUB_SETTLE_SECONDS: seconds.default(60),
  /** Seconds between two reads of a settled folder. */
  IHUB_RESCAN_SECONDS: seconds.default(900),
  /** Seconds after which a media root that does not respond counts as away. */
  IHUB_ROOT_PATIENCE_SECONDS: seconds.default(15),
  /** `native`: the system reports changes too. */
  IHUB_WATCH: z.enum(['poll', 'native', 'off']).default('poll'),
  /** Rules; see ingestor/src/analyze/auto-accept.ts. */
  IHUB_AUTO_ACCEPT: z.string().default(''),
  ...diskVariables,
  /** Gigabytes that derivatives may take; no limit when unset. */
  IHUB_DERIVATIVE_QUOTA_GB: z.coerce.number().positive().optional(),
  /** Gigabytes for one external program, or one picture decoded in this process; a quarter of the memory when unset. */
  IHUB_TOOL_MEMORY_GB: toolMemoryGigabytes,
  /** The loopback port on which Prometheus reads metrics; none when unset. */
  IHUB_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  IHUB_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Settings that every command needs. */
export interface ConnectionConfig {
  readonly databaseUrl: string;
}

export interface DaemonConfig extends ConnectionConfig {
  /** This ingestor's name, by default the machine's: only one daemon runs under it. */
  readonly host: string;
  /** The machine's name, which identifies its local folders. */
  readonly machine: string;
  /** Absolute and unchecked: a drive may not respond. */
  readonly mediaRoots: readonly string[];
  /** How long a media root may take to respond. */
  readonly rootPatienceMs: number;
  /** Absolute; created if missing. */
  readonly derivativeFolder: string;
  /** Absolute and unchecked: it may not be mounted yet. Null when assets are not linked. */
  readonly datasetsRoot: string | null;
  /** Bytes. */
  readonly minFree: number;
  /** The embedded Postgres' data folder; null when its disk is not visible from here. */
  readonly databaseFolder: string | null;
  /** Bytes; null when there is no limit. */
  readonly derivativeQuota: number | null;
  readonly watch: {
    readonly mode: 'poll' | 'native' | 'off';
    readonly pollMs: number;
    readonly settleMs: number;
    readonly restMs: number;
  };
  readonly autoAccept: readonly AutoAcceptRule[];
  readonly model: ModelAvailability;
  /** Port for `GET /metrics`; null when metrics are not served. */
  readonly metricsPort: number | null;
  readonly logLevel: z.infer<typeof environment>['IHUB_LOG_LEVEL'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws EnvironmentError when no database is configured. */
export function readConnectionConfig(env: Environment = process.env): ConnectionConfig {
  const settings = parseEnvironment(environment, env);
  const databaseUrl =
    settings.DATABASE_URL ?? readText(path.join(environmentFolders(settings, env).dataDir, 'database-url'));
  if (!databaseUrl) {
    throw new EnvironmentError('IngestHub is not running here. Start it with npm start, or set DATABASE_URL.');
  }
  return { databaseUrl };
}

/** @throws EnvironmentError when no database or no media root is configured. */
export function readDaemonConfig(env: Environment = process.env): DaemonConfig {
  const settings = parseEnvironment(environment, env);
  const { derivativeFolder, datasetsRoot, mediaRoots } = environmentFolders(settings, env);
  if (mediaRoots.length === 0) {
    throw new EnvironmentError(
      'MEDIA_ROOT_PATHS is not set. Set it to the folders that may be read, separated by colons, such as MEDIA_ROOT_PATHS=/mnt/media.',
    );
  }
  return {
    ...readConnectionConfig(env),
    host: settings.IHUB_INGESTOR ?? hostname(),
    machine: hostname(),
    mediaRoots,
    rootPatienceMs: settings.IHUB_ROOT_PATIENCE_SECONDS * 1000,
    derivativeFolder,
    datasetsRoot,
    minFree: settings.IHUB_MIN_FREE_GB * GIGABYTE,
    databaseFolder: settings.IHUB_DATABASE_FOLDER ?? null,
    derivativeQuota: quotaOf(settings),
    watch: {
      mode: settings.IHUB_WATCH,
      pollMs: settings.IHUB_POLL_SECONDS * 1000,
      settleMs: settings.IHUB_SETTLE_SECONDS * 1000,
      restMs: settings.IHUB_RESCAN_SECONDS * 1000,
    },
    autoAccept: autoAcceptRules(settings.IHUB_AUTO_ACCEPT),
    model: modelAvailability(settings),
    metricsPort: settings.IHUB_METRICS_PORT ?? null,
    logLevel: settings.IHUB_LOG_LEVEL,
  };
}

/** Returns the media roots of `MEDIA_ROOT_PATHS`, absolute and unchecked; none when it is unset. */
export function readMediaRoots(env: Environment = process.env): readonly string[] {
  return environmentFolders(parseEnvironment(environment, env), env).mediaRoots;
}

/** Returns the milliseconds that a media root may take to respond. */
export function readRootPatience(env: Environment = process.env): number {
  return parseEnvironment(environment, env).IHUB_ROOT_PATIENCE_SECONDS * 1000;
}

/**
 * Returns media roots with their symlinks resolved.
 *
 * @throws EnvironmentError when a root is missing or not a folder.
 */
export function realMediaRoots(mediaRoots: readonly string[]): string[] {
  return mediaRoots.map((absolute) => {
    try {
      const real = realpathSync(absolute);
      if (statSync(real).isDirectory()) return real;
    } catch (error) {
      throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS does not exist.`, { cause: error });
    }
    throw new EnvironmentError(`The media root ${absolute} of MEDIA_ROOT_PATHS is not a folder.`);
  });
}

/**
 * Returns the model to use for deliveries, or why there is none; having none is not an error.
 *
 * @throws EnvironmentError
 */
export function readModelAvailability(env: Environment = process.env): ModelAvailability {
  return modelAvailability(parseEnvironment(z.object(modelVariables), env));
}

/** Resolves a path that was typed on the command line. */
export function resolveUserPath(given: string): string {
  return resolveInEnvironment(given, process.env);
}

/** Returns the environment of external programs: the search path, plain messages, and none of our secrets. */
export function toolEnvironment(env: Environment = process.env): Record<string, string> {
  return { PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' };
}

/**
 * Returns the bytes that one external program, or one picture decoded in this process, may take: the setting, or else a
 * quarter of the memory of this machine or its container, and at least 2 GB.
 *
 * @throws EnvironmentError
 */
export function toolMemory(env: Environment = process.env): number {
  const { IHUB_TOOL_MEMORY_GB: set } = parseEnvironment(z.object({ IHUB_TOOL_MEMORY_GB: toolMemoryGigabytes }), env);
  if (set !== undefined) return Math.round(set * GIGABYTE);
  // 0 means that no container limits it.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(2 * GIGABYTE, Math.floor(memory / 4));
}

/** The settings that `ihub doctor` checks, as configured and unchecked. */
export interface HostSettings {
  readonly host: string;
  /** Null when not configured. */
  readonly databaseUrl: string | null;
  /** Absolute, symlinks not resolved. */
  readonly mediaRoots: readonly string[];
  readonly derivativeFolder: string;
  /** Bytes. */
  readonly minFree: number;
  /** Bytes; null when there is no limit. */
  readonly derivativeQuota: number | null;
  /** Null when assets are not linked. */
  readonly datasetsRoot: string | null;
  readonly model: ModelAvailability;
}

/** @throws EnvironmentError when a setting cannot be read. */
export function readHostSettings(env: Environment = process.env): HostSettings {
  const settings = parseEnvironment(environment, env);
  autoAcceptRules(settings.IHUB_AUTO_ACCEPT);
  const { dataDir, derivativeFolder, mediaRoots, datasetsRoot } = environmentFolders(settings, env);
  return {
    host: hostname(),
    databaseUrl: settings.DATABASE_URL ?? readText(path.join(dataDir, 'database-url')),
    mediaRoots,
    derivativeFolder,
    minFree: settings.IHUB_MIN_FREE_GB * GIGABYTE,
    derivativeQuota: quotaOf(settings),
    datasetsRoot,
    model: modelAvailability(settings),
  };
}

/** Returns how a terminal may be written to. `NO_COLOR`: https://no-color.org */
export function readTerminal(env: Environment = process.env): { canRepaint: boolean; color: boolean } {
  return { canRepaint: env['TERM'] !== 'dumb', color: !env['NO_COLOR'] };
}

function quotaOf({ IHUB_DERIVATIVE_QUOTA_GB: quota }: z.infer<typeof environment>): number | null {
  return quota === undefined ? null : quota * GIGABYTE;
}

/** @throws EnvironmentError */
function autoAcceptRules(text: string): AutoAcceptRule[] {
  try {
    return parseAutoAccept(text);
  } catch (error) {
    throw new EnvironmentError((error as Error).message, { cause: error });
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}
