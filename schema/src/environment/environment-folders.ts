/** The folders configured in the environment, read the same way by the launcher, the server and the ingestor. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables to spread into a process's own zod object. */
export const folderVariables = {
  /** Defaults to `.ihub` in the repository. */
  IHUB_DATA_DIR: z.string().optional(),
  /** Defaults to `derivatives` in the data folder. */
  PROXY_DIR: z.string().optional(),
  /** Folders separated by colons. */
  MEDIA_ROOT_PATHS: z.string().default(''),
  /** When unset, no dataset links are made. */
  DATASETS_ROOT: z.string().optional(),
};

export interface EnvironmentFolders {
  /** Absolute, like all the others; symlinks are not resolved. */
  readonly dataDir: string;
  readonly derivativeFolder: string;
  /** Empty when none is set. */
  readonly mediaRoots: readonly string[];
  /** Null when it is unset. */
  readonly datasetsRoot: string | null;
}

export function environmentFolders(
  values: z.infer<z.ZodObject<typeof folderVariables>>,
  env: Environment,
): EnvironmentFolders {
  const dataDir = values.IHUB_DATA_DIR ? resolveUserPath(values.IHUB_DATA_DIR, env) : path.join(REPOSITORY, '.ihub');
  return {
    dataDir,
    derivativeFolder: values.PROXY_DIR ? resolveUserPath(values.PROXY_DIR, env) : path.join(dataDir, 'derivatives'),
    mediaRoots: values.MEDIA_ROOT_PATHS.split(':')
      .filter((folder) => folder !== '')
      .map((folder) => resolveUserPath(folder, env)),
    datasetsRoot: values.DATASETS_ROOT ? resolveUserPath(values.DATASETS_ROOT, env) : null,
  };
}

/** Resolves a path against the folder in which the user ran the command; npm itself runs it in the repository. */
export function resolveUserPath(given: string, env: Environment): string {
  return path.resolve(env['INIT_CWD'] ?? process.cwd(), given);
}
