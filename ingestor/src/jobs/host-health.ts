/**
 * What keeps this host from working, though no file is to blame: no space where derivatives go. Work waits until it
 * is over, and everybody can see why.
 */
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const SPACE_CODES = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
const LOOK_AGAIN_MS = 5000;

/** Whether an error says that nothing can be written any more. */
export function isOutOfSpace(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (SPACE_CODES.has((cause as NodeJS.ErrnoException).code ?? '')) return true;
  }
  return false;
}

export interface HealthOptions {
  /** Where derivatives go. */
  readonly folder: string;
  /** Bytes that are left free for others. */
  readonly reserve: number;
  readonly signal: AbortSignal;
  /** Told when work stops, with the reason, and when it goes on (null). */
  readonly onChange: (problem: string | null) => void;
}

export class HostHealth {
  readonly #options: HealthOptions;
  #problem: string | null = null;
  #recovery: Promise<void> | null = null;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** Why work waits; null: it does not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Resolves when there is nothing to wait for, or at the end. */
  async ready(): Promise<void> {
    await this.#recovery;
  }

  /** Called when something could not be written: work waits from now on. */
  stop(problem: string): void {
    if (this.#recovery !== null || this.#options.signal.aborted) return;
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
      await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if ((await this.#look()) === null) break;
    }
    this.#problem = null;
    onChange(null);
  }

  async #look(): Promise<string | null> {
    const { folder, reserve } = this.#options;
    try {
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < reserve) {
        return `The disk of the derivative folder ${folder} is full: nothing is made until there is room.`;
      }
      const trial = path.join(folder, `.room-${process.pid}`);
      await writeFile(trial, Buffer.alloc(64 * 1024));
      await rm(trial);
      return null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return `Nothing can be written to the derivative folder ${folder} (${code}): nothing is made until that is mended.`;
    }
  }
}
