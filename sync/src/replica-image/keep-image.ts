/** Keeps a replica image ready: has it built when there is none, and again when it lags. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Sql } from 'postgres';
import { currentImage } from './current-image.ts';
import { readLibrarySize } from './library-size.ts';
import { runBuilder } from './run-builder.ts';

export interface KeepImageOptions {
  readonly sql: Sql;
  readonly log: Logger;
  /** For images alone. */
  readonly folder: string;
  /** Of the server that the builder reads from: `http://127.0.0.1:port`. */
  readonly server: string;
  /** The builder: a file that Node runs with `--server URL --folder PATH`. */
  readonly builder: string;
  readonly limits?: Partial<ImageLimits>;
  readonly signal: AbortSignal;
}

export interface ImageLimits {
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

/** Resolves when the signal aborts and nothing is being built any more. */
export async function keepImage(options: KeepImageOptions): Promise<void> {
  const { sql, log, folder, signal } = options;
  const limits = { ...LIMITS, ...options.limits };
  /** Changes that the database had counted when the last build began; null: this process has not built yet. */
  let changesBuilt: number | null = null;

  async function build(changes: number): Promise<void> {
    const started = performance.now();
    await runBuilder(options);
    changesBuilt = changes;
    log.info({ ms: Math.round(performance.now() - started) }, 'The replica image is up to date.');
  }

  async function look(): Promise<void> {
    const { assets, changes } = await readLibrarySize(sql);
    if (assets < limits.leastAssets) return;
    const image = await currentImage(folder);
    // Once after each start in any case: this version may need another image, and statistics may have been lost.
    if (image === null || changesBuilt === null || changes < changesBuilt) return build(changes);
    const missing = changes - changesBuilt;
    const old = Date.now() - image.builtAt.getTime() > limits.ageMs;
    if (missing >= assets * limits.share || (missing > 0 && old)) await build(changes);
  }

  while (!signal.aborted) {
    await look().catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, 'The replica image could not be built; browsers load row by row.');
    });
    await delay(limits.checkMs, undefined, { signal }).catch(() => {});
  }
}
