/**
 * Room in a file, taken in advance. When there is no more to be had, Postgres' pages are refused first: a
 * page without room fails one statement, a log without room ends the database.
 */
import type { SyncFile } from './sync-file.ts';

/** For the log: what a few failing statements write until nothing more is tried. */
const RESERVE_BYTES = 8 * 1024 * 1024;
/** Asking the browser for room costs a message to another process. */
const STEP_BYTES = 4 * 1024 * 1024;

export class ReservedRoom {
  readonly #file: SyncFile;
  #bytes: number;
  #used = 0;
  #whole = true;

  /** @param used bytes of the file that have contents. */
  constructor(file: SyncFile, used: number) {
    this.#file = file;
    this.#bytes = file.getSize();
    this.#used = used;
    // On a full device what is there can be read all the same.
    this.#whole = this.#grow(used + RESERVE_BYTES) === null;
  }

  /** Whether the reserve is whole; where it was not, the device is asked again. */
  isWhole(): boolean {
    this.#whole ||= this.#grow(this.#used + RESERVE_BYTES) === null;
    return this.#whole;
  }

  /**
   * Makes sure of room for so many bytes in all.
   *
   * @param options.reserved whether the reserve may be used up for it.
   * @throws what the file throws when it cannot grow: FileError.
   */
  ensure(bytes: number, { reserved }: { reserved: boolean }): void {
    const refused = this.#grow(bytes + RESERVE_BYTES);
    this.#whole = refused === null;
    if (refused !== null && !(reserved && bytes <= this.#bytes)) throw refused;
    this.#used = bytes;
  }

  /** @returns what the file threw; null: it has so many bytes. */
  #grow(bytes: number): unknown {
    if (bytes <= this.#bytes) return null;
    const wanted = Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
    try {
      this.#file.truncate(wanted);
    } catch (error) {
      return error;
    }
    this.#bytes = wanted;
    return null;
  }
}
