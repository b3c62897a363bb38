/** The folders that the environment names, the same for the launcher, the server and the ingestor. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** For a process's own zod object, by spread. */
export const folderVariables = {
  /** Default: .ihub in the repository. */
  IHUB_DATA_DIR: z.string().optional(),
  /** Default: `derivatives` in the data folder. */
  PROXY_DIR: z.string().optional(),
  /** Folders with colons between them. */
  MEDIA_ROOT_PATHS: z.string().default(''),
  /** Unset: assets are linked nowhere. */
  DATASETS_ROOT: z.string().optional(),
};

export interface EnvironmentFolders {
  /** All absolute, symlinks as they are. */
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

/** A path as its author meant it: relative to where they ran the command, though npm runs it in the repository. */
export function resolveUserPath(given: string, env: Environment): string {
  return path.resolve(env['INIT_CWD'] ?? process.cwd(), given);
}
