/** The ingestor's environment, read here and nowhere else. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname, totalmem } from 'node:os';
import path from 'node:path';
import { diskVariables, GIGABYTE } from '@ingesthub/schema/database-disk.ts';
import {
  environmentFolders,
  folderVariables,
  resolveUserPath as resolveInEnvironment,
} from '@ingesthub/schema/environment-folders.ts';
import { EnvironmentError, parseEnvironment } from '@ingesthub/schema/parse-environment.ts';
import { z } from 'zod';
import { type GeminiAvailability, geminiAvailability, geminiVariables } from './analyze/gemini/gemini-settings.ts';
import { type AutoAcceptRule, parseAutoAccept } from './watch/auto-accept.ts';

const seconds = z.coerce.number().positive().max(86_400);

const toolMemoryGigabytes = z.coerce.number().min(0.25).optional();

const environment = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  ...folderVariables,
  ...geminiVariables,
  /** The name under which this ingestor works; several on one machine have names of their own. */
  IHUB_INGESTOR: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'it has letters, digits, dots, hyphens and underscores')
    .optional(),
  /** Seconds between two looks at the media roots. */
  IHUB_POLL_SECONDS: seconds.default(15),
  /** Seconds for which a folder has to be quiet before it counts as delivered. */
  IHUB_SETTLE_SECONDS: seconds.default(60),
  /** Seconds between two looks at a folder that is at rest. */
  IHUB_RESCAN_SECONDS: seconds.default(900),
  /** Seconds after which a media root that does not answer counts as away. */
  IHUB_ROOT_PATIENCE_SECONDS: seconds.default(15),
  /** `native`: the system tells of changes, too. */
  IHUB_WATCH: z.enum(['poll', 'native', 'off']).default('poll'),
  /** Rules: ingestor/src/watch/auto-accept.ts. */
  IHUB_AUTO_ACCEPT: z.string().default(''),
  ...diskVariables,
  /** Gigabytes that derivatives may take; unset: as many as there are. */
  IHUB_DERIVATIVE_QUOTA_GB: z.coerce.number().positive().optional(),
  /** Gigabytes that one external program, or one picture that is decoded here, may take; unset: a quarter of the memory. */
  IHUB_TOOL_MEMORY_GB: toolMemoryGigabytes,
  /** Where Prometheus asks, on this machine's own address; unset: nowhere. */
  IHUB_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  IHUB_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** What every command needs. */
export interface ConnectionConfig {
  readonly databaseUrl: string;
}

export interface DaemonConfig extends ConnectionConfig {
  /** This ingestor's name, the machine's unless it was given another: one daemon works under it. */
  readonly host: string;
  /** The machine's name: its folders are its own. */
  readonly machine: string;
  /** Absolute, not looked at: a drive may not answer. */
  readonly mediaRoots: readonly string[];
  /** How long a media root may take to answer. */
  readonly rootPatienceMs: number;
  /** Absolute; made when missing. */
  readonly derivativeFolder: string;
  /** Absolute, not looked at: it may not be mounted yet. Null: assets are linked nowhere. */
  readonly datasetsRoot: string | null;
  /** Bytes. */
  readonly minFree: number;
  /** Where the embedded Postgres keeps its data; null: its disk is not ours to see. */
  readonly databaseFolder: string | null;
  /** Bytes; null: no limit. */
  readonly derivativeQuota: number | null;
  readonly watch: {
    readonly mode: 'poll' | 'native' | 'off';
    readonly pollMs: number;
    readonly settleMs: number;
    readonly restMs: number;
  };
  readonly autoAccept: readonly AutoAcceptRule[];
  readonly gemini: GeminiAvailability;
  /** Of `GET /metrics`; null: it is not served. */
  readonly metricsPort: number | null;
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

/** @throws EnvironmentError when the database is unknown, or no media root is named. */
export function readDaemonConfig(env: Environment = process.env): DaemonConfig {
  const settings = parseEnvironment(environment, env);
  const { derivativeFolder, datasetsRoot, mediaRoots } = environmentFolders(settings, env);
  if (mediaRoots.length === 0) {
    throw new EnvironmentError(
      'MEDIA_ROOT_PATHS is not set: name the folders that may be read, with colons between them, such as MEDIA_ROOT_PATHS=/mnt/media.',
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
    gemini: geminiAvailability(settings),
    metricsPort: settings.IHUB_METRICS_PORT ?? null,
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

/**
 * Bytes that one external program, or one picture that is decoded in this process, may take: a quarter of this
 * machine's memory, or of what its container may have, and at least 2 GB, unless it is set.
 *
 * @throws EnvironmentError
 */
export function toolMemory(env: Environment = process.env): number {
  const { IHUB_TOOL_MEMORY_GB: set } = parseEnvironment(z.object({ IHUB_TOOL_MEMORY_GB: toolMemoryGigabytes }), env);
  if (set !== undefined) return Math.round(set * GIGABYTE);
  // 0: no container bounds it.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(2 * GIGABYTE, Math.floor(memory / 4));
}

/** What `ihub doctor` looks at, as it was set: nothing is checked here. */
export interface HostSettings {
  readonly host: string;
  /** Null: none is known. */
  readonly databaseUrl: string | null;
  /** Absolute, symlinks as they are. */
  readonly mediaRoots: readonly string[];
  readonly derivativeFolder: string;
  /** Bytes. */
  readonly minFree: number;
  /** Bytes; null: no limit. */
  readonly derivativeQuota: number | null;
  /** Null: assets are linked nowhere. */
  readonly datasetsRoot: string | null;
  readonly gemini: GeminiAvailability;
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
    gemini: geminiAvailability(settings),
  };
}

/** How a terminal may be written to. `NO_COLOR`: https://no-color.org */
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
