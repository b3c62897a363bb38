/**
 * What keeps this host from working, though no file is to blame: no space where derivatives go. Work waits until it
 * is over, and everybody can see why.
 */
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseDisk } from '@ingesthub/schema/database-disk.ts';
import { MediaCrash, MediaProblem, SPACE_WORDS } from '../../media/tools/media-problem.ts';
import { ToolFailure } from '../../media/tools/run-tool.ts';

const SPACE_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
const LOOK_AGAIN_MS = 5000;
/** Where there seems to be room, but not for what is to be written, it is tried more and more seldom. */
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Bytes of the file that is written to see whether there is room. */
const TRIAL_SIZE = 64 * 1024;

/** Whether an error says that nothing can be written any more. */
export function isOutOfSpace(error: unknown): boolean {
  if (error instanceof MediaProblem || error instanceof MediaCrash) return false;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (SPACE_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) return true;
  }
  // libvips gives no codes. What programs say was read by `problemOf`, who knows which words are a file's name.
  return error instanceof Error && !(error instanceof ToolFailure) && SPACE_WORDS.test(error.message);
}

export interface HealthOptions {
  /** Where derivatives go. */
  readonly folder: string;
  /** Bytes that are left free for others. */
  readonly reserve: number;
  /** Default: it is another machine's. */
  readonly databaseDisk?: DatabaseDisk;
  readonly signal: AbortSignal;
  /** Told when work stops, with the reason, and when it goes on (null). */
  readonly onChange: (problem: string | null) => void;
  /** What else keeps from working, in one sentence; null: nothing. */
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

  /** Why work waits; null: it does not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Why nothing new is to be written to the database, as `check` last found it; null: it may. */
  get databaseProblem(): string | null {
    return this.#databaseProblem;
  }

  /** Resolves when work may go on: true. False: it may not yet, after all that time, or the signal aborted. */
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

  /** Called when something could not be written: work waits from now on. */
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

  /** Looks whether there is room, before it is missed. */
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
    // Each result is rows.
    this.#databaseProblem = (await databaseDisk?.problem()) ?? null;
    if (this.#databaseProblem !== null) return this.#databaseProblem;
    try {
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < reserve) {
        return `The disk of the derivative folder ${folder} is full: nothing is made until there is room.`;
      }
      const trial = path.join(folder, `.room-${process.pid}`);
      try {
        await writeFile(trial, Buffer.alloc(TRIAL_SIZE));
      } finally {
        await rm(trial, { force: true });
      }
      return otherProblem?.() ?? null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return `Nothing can be written to the derivative folder ${folder} (${code}): nothing is made until that is mended.`;
    }
  }
}
