/** Keeps replica images ready: has each built when there is none, and again when it lags. */
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_IMAGE } from '@ingesthub/schema/replica-image.ts';
import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import { defaultProjects } from './default-projects.ts';
import { type LibrarySize, readLibrarySize } from './library-size.ts';
import { runBuilder } from './run-builder.ts';
import { readImage, readImages, removeImage } from './stored-images.ts';
import type { WantedImages } from './wanted-images.ts';

export interface KeepImageOptions {
  readonly sql: Sql;
  readonly log: Logger;
  /** For images alone. */
  readonly folder: string;
  /** Beside the one for new browsers. */
  readonly wanted: WantedImages;
  /** Of the server that the builder reads from: `http://127.0.0.1:port`. */
  readonly server: string;
  /** The builder: a file that Node runs, with the arguments of `runBuilder`. */
  readonly builder: string;
  readonly limits?: Partial<ImageLimits>;
  readonly signal: AbortSignal;
}

interface ImageLimits {
  /** A smaller library is quicker read row by row than built. */
  readonly leastAssets: number;
  /** Changed rows, as a share of the assets, that call for a new image at once. */
  readonly share: number;
  /** Milliseconds after which a single change does. */
  readonly ageMs: number;
  /** Milliseconds between two looks. */
  readonly checkMs: number;
}

const LIMITS: ImageLimits = { leastAssets: 5_000, share: 0.05, ageMs: 60 * 60_000, checkMs: 20_000 };

/** Given those that its image of before has: which projects; null: all. */
type ProjectsOf = (former: readonly string[]) => Promise<readonly string[] | null>;

/** Resolves when the signal aborts and nothing is being built any more. */
export async function keepImage(options: KeepImageOptions): Promise<void> {
  const { sql, log, folder, wanted, signal } = options;
  const limits = { ...LIMITS, ...options.limits };
  /** Changes that the database had counted when the last build of an image began; absent: this process has not built it yet. */
  const changesBuilt = new Map<string, number>();
  /** Of images that could not be built: how long the next try waits, and until when. */
  const failures = new Map<string, { readonly waitMs: number; readonly until: number }>();
  // Those that were kept before this server was started.
  for (const { name, projects } of await readImages(folder)) if (name !== DEFAULT_IMAGE) wanted.ask(projects);

  async function look(): Promise<void> {
    const { assets, changes } = await readLibrarySize(sql);
    if (assets < limits.leastAssets) return;
    const library = { assets, changes };
    await attempt(DEFAULT_IMAGE, async (former) => defaultProjects(sql, assets, former), library);
    for (const { name, projects } of wanted.list()) await attempt(name, async () => projects, library);
    const kept = new Set([DEFAULT_IMAGE, ...wanted.list().map(({ name }) => name)]);
    for (const { name } of await readImages(folder)) if (!kept.has(name)) await removeImage(folder, name);
  }

  /** Keeps a failure to the one image, which is tried less and less often. */
  async function attempt(name: string, projectsOf: ProjectsOf, library: LibrarySize): Promise<void> {
    const failed = failures.get(name);
    if (failed !== undefined && performance.now() < failed.until) return;
    try {
      await bringUpToDate(name, projectsOf, library);
      failures.delete(name);
    } catch (error) {
      signal.throwIfAborted();
      const waitMs = Math.min(failed === undefined ? limits.checkMs : failed.waitMs * 2, limits.ageMs);
      failures.set(name, { waitMs, until: performance.now() + waitMs });
      log.warn({ err: error, name, waitMs }, 'A replica image could not be built; browsers load row by row.');
    }
  }

  async function bringUpToDate(name: string, projectsOf: ProjectsOf, library: LibrarySize): Promise<void> {
    const image = await readImage(folder, name);
    const built = changesBuilt.get(name);
    // Once after each start in any case: this version may need another image, and statistics may have been lost.
    const isKnown = image !== null && built !== undefined && library.changes >= built;
    const missing = isKnown ? library.changes - built : 0;
    const isOld = isKnown && Date.now() - image.builtAt.getTime() > limits.ageMs;
    if (isKnown && missing < library.assets * limits.share && !(missing > 0 && isOld)) return;

    const started = performance.now();
    await runBuilder({ ...options, name, projects: await projectsOf(image?.projects ?? []) });
    changesBuilt.set(name, library.changes);
    log.info({ name, ms: Math.round(performance.now() - started) }, 'The replica image is up to date.');
  }

  while (!signal.aborted) {
    await look().catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, 'The replica images could not be looked after.');
    });
    await delay(limits.checkMs, undefined, { signal }).catch(() => {});
  }
}
