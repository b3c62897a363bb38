/**
 * Reserves room in a file in advance. When the device is full, pages are refused first: a page without room fails
 * one statement, a log without room ends the database.
 */
import type { SyncFile } from './sync-file.ts';

/** Reserved for the log: as much as a few failing statements write before the app stops trying. */
const RESERVE_BYTES = 8 * 1024 * 1024;
/** Grows in large steps: each request for room is a message to another browser process. */
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
    // Growing may fail on a full device, where existing contents can still be read.
    this.#whole = this.#grow(used + RESERVE_BYTES) === null;
  }

  /** Returns whether the reserve is whole, after trying to refill it if it was not. */
  isWhole(): boolean {
    this.#whole ||= this.#grow(this.#used + RESERVE_BYTES) === null;
    return this.#whole;
  }

  /**
   * Ensures room for this many bytes in total.
   *
   * @param options.reserved whether the reserve may be used.
   * @throws FileError from the file when it cannot grow.
   */
  ensure(bytes: number, { reserved }: { reserved: boolean }): void {
    const refused = this.#grow(bytes + RESERVE_BYTES);
    this.#whole = refused === null;
    if (refused !== null && !(reserved && bytes <= this.#bytes)) throw refused;
    this.#used = bytes;
  }

  /** @returns the error that the file threw; null when the file is large enough. */
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
