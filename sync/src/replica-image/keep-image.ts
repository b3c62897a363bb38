/** Keeps replica images ready: builds each missing image and rebuilds it when it lags behind. */
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_IMAGE } from '@ingesthub/schema/replica/replica-image.ts';
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
  /** Used for images only. */
  readonly folder: string;
  /** Images kept in addition to the one for new browsers. */
  readonly wanted: WantedImages;
  /** The server that the builder reads from: `http://127.0.0.1:port`. */
  readonly server: string;
  /** The builder: a file run by Node with the arguments of `runBuilder`. */
  readonly builder: string;
  readonly limits?: Partial<ImageLimits>;
  readonly signal: AbortSignal;
}

interface ImageLimits {
  /** A smaller library loads faster row by row than an image builds. */
  readonly leastAssets: number;
  /** Share of the assets; this many changed rows trigger a new image at once. */
  readonly share: number;
  /** Milliseconds after which even a single change triggers a new image. */
  readonly ageMs: number;
  /** Milliseconds between two checks. */
  readonly checkMs: number;
}

const LIMITS: ImageLimits = { leastAssets: 5_000, share: 0.05, ageMs: 60 * 60_000, checkMs: 20_000 };

/** Returns the projects of an image, given those of the previous image; null means all. */
type ProjectsOf = (former: readonly string[]) => Promise<readonly string[] | null>;

/** Resolves when the signal has aborted and no image is being built any more. */
export async function keepImage(options: KeepImageOptions): Promise<void> {
  const { sql, log, folder, wanted, signal } = options;
  const limits = { ...LIMITS, ...options.limits };
  /** The database's count of changes when each image's last build began; absent until this process has built the image. */
  const changesBuilt = new Map<string, number>();
  /** For each image that could not be built: the delay before the next attempt, and when that delay ends. */
  const failures = new Map<string, { readonly waitMs: number; readonly until: number }>();
  // Images that were kept before this server started.
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

  /** Confines a failure to one image, which is then attempted less and less often. */
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
      log.warn(
        { err: error, name, waitMs },
        'A replica image could not be built. Browsers load row by row until it is.',
      );
    }
  }

  async function bringUpToDate(name: string, projectsOf: ProjectsOf, library: LibrarySize): Promise<void> {
    const image = await readImage(folder, name);
    const built = changesBuilt.get(name);
    // Always rebuilt once after a start: this version may need another image, and statistics may have been lost.
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
      if (!signal.aborted) log.warn({ err: error }, 'The replica images could not be checked.');
    });
    await delay(limits.checkMs, undefined, { signal }).catch(() => {});
  }
}
