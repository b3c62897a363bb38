/**
 * Pauses work on this host when it cannot continue through no fault of a file: no space for derivatives. Work waits
 * until the cause is gone, and the reason is visible to everyone.
 */
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseDisk } from '@ingesthub/schema/environment/database-disk.ts';
import { MediaCrash, MediaProblem, SPACE_WORDS } from '../../media/tools/media-problem.ts';
import { ToolFailure } from '../../media/tools/run-tool.ts';

const SPACE_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
const LOOK_AGAIN_MS = 5000;
/** When space appears to be free but writes still fail, attempts become less frequent. */
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Bytes of the file that is written to test for space. */
const TRIAL_SIZE = 64 * 1024;

/** Returns true when an error means that nothing can be written any more. */
export function isOutOfSpace(error: unknown): boolean {
  if (error instanceof MediaProblem || error instanceof MediaCrash) return false;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (SPACE_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) return true;
  }
  // libvips gives no codes. Programs' words were interpreted by `problemOf`, which can separate them from a file's
  // name.
  return error instanceof Error && !(error instanceof ToolFailure) && SPACE_WORDS.test(error.message);
}

export interface HealthOptions {
  /** The derivative folder. */
  readonly folder: string;
  /** Bytes kept free for other uses. */
  readonly reserve: number;
  /** Default: the database is on another machine. */
  readonly databaseDisk?: DatabaseDisk;
  readonly signal: AbortSignal;
  /** Called with the reason when work stops, and with null when it continues. */
  readonly onChange: (problem: string | null) => void;
  /** Returns any other reason to pause, in one sentence; null when there is none. */
  readonly otherProblem?: () => string | null;
}

export class HostHealth {
  readonly #options: HealthOptions;
  #problem: string | null = null;
  #databaseProblem: string | null = null;
  #recovery: Promise<void> | null = null;
  #pauseMs = LOOK_AGAIN_MS;
  #recoveredAt = Number.NEGATIVE_INFINITY;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** The reason why work waits; null when it does not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The reason why nothing new may be written to the database, as of the last `check`; null when it may. */
  get databaseProblem(): string | null {
    return this.#databaseProblem;
  }

  /** Resolves to true when work may continue; to false when it may not after that time, or when the signal aborted. */
  async ready(patienceMs: number): Promise<boolean> {
    const { signal } = this.#options;
    if (this.#recovery !== null) {
      const given = new AbortController();
      const patience = delay(patienceMs, undefined, { signal: given.signal }).catch(() => {});
      await Promise.race([this.#recovery, patience]);
      given.abort();
    }
    return this.#problem === null && !signal.aborted;
  }

  /** Pauses work after a write failed. */
  stop(problem: string): void {
    if (this.#recovery !== null || this.#options.signal.aborted) return;
    const isSoon = performance.now() - this.#recoveredAt < 2 * this.#pauseMs;
    this.#pauseMs = isSoon ? Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS) : LOOK_AGAIN_MS;
    this.#problem = problem;
    this.#options.onChange(problem);
    this.#recovery = this.#recover().finally(() => {
      this.#recovery = null;
    });
  }

  /** Checks for free space before a write fails. */
  async check(): Promise<void> {
    const problem = await this.#look();
    if (problem !== null) this.stop(problem);
  }

  async #recover(): Promise<void> {
    const { signal, onChange } = this.#options;
    for (;;) {
      await delay(this.#pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const problem = await this.#look();
      if (problem === null) break;
      this.#problem = problem;
    }
    this.#problem = null;
    this.#recoveredAt = performance.now();
    onChange(null);
  }

  async #look(): Promise<string | null> {
    const { folder, reserve, databaseDisk, otherProblem } = this.#options;
    // Every result is stored in the database.
    this.#databaseProblem = (await databaseDisk?.problem()) ?? null;
    if (this.#databaseProblem !== null) return this.#databaseProblem;
    try {
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < reserve) {
        return `The disk of the derivative folder ${folder} is full: no previews are made until there is space.`;
      }
      // A fixed name, so that the next look removes what a killed process left.
      const trial = path.join(folder, '.room');
      try {
        await writeFile(trial, Buffer.alloc(TRIAL_SIZE));
      } finally {
        await rm(trial, { force: true });
      }
      return otherProblem?.() ?? null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return `Nothing can be written to the derivative folder ${folder} (${code}): no previews are made until this is fixed.`;
    }
  }
}
