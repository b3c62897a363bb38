/**
 * Room in a file, taken in advance. When there is no more to be had, Postgres' pages are refused first: a
 * page without room fails one statement, a log without room ends the database.
 */
import type { SyncFile } from './sync-file.ts';

/** For the log: what a few failing statements write until nothing more is tried. */
const RESERVE_BYTES = 4 * 1024 * 1024;
/** Asking the browser for room costs a message to another process. */
const STEP_BYTES = 4 * 1024 * 1024;

export class ReservedRoom {
  readonly #file: SyncFile;
  #bytes: number;
  #ranOut = false;

  /** @param used bytes of the file that have contents. */
  constructor(file: SyncFile, used: number) {
    this.#file = file;
    this.#bytes = file.getSize();
    try {
      this.ensure(used, { reserved: false });
    } catch {
      // A full device: what is there can be read all the same.
    }
  }

  /** Whether there was ever less room than asked for. */
  get ranOut(): boolean {
    return this.#ranOut;
  }

  /**
   * Makes sure of room for so many bytes in all.
   *
   * @param options.reserved whether the reserve may be used up for it.
   * @throws what the file throws when it cannot grow: FileError.
   */
  ensure(bytes: number, { reserved }: { reserved: boolean }): void {
    const needed = reserved ? bytes : bytes + RESERVE_BYTES;
    if (needed <= this.#bytes) return;
    const wanted = Math.ceil(needed / STEP_BYTES) * STEP_BYTES;
    try {
      this.#file.truncate(wanted);
    } catch (error) {
      this.#ranOut = true;
      throw error;
    }
    this.#bytes = wanted;
  }
}
