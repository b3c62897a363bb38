import { close, fdatasync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StoredFile } from './stored-file.ts';

const flushed = promisify(fdatasync);
const closed = promisify(close);

/** A shape's snapshot: files that each form a whole response body. */
export class SnapshotChunks {
  /** Complete chunks, in order. */
  readonly files: StoredFile[];
  readonly #folder: string;
  #growing: { readonly fd: number; readonly path: string; size: number } | null = null;
  readonly #flushes: Promise<void>[] = [];

  /** @param sizes bytes of the existing chunks. */
  constructor(folder: string, sizes: readonly number[]) {
    this.#folder = folder;
    this.files = sizes.map((size, index) => new StoredFile(chunkPath(folder, index), size));
  }

  get bytes(): number {
    return this.files.reduce((sum, file) => sum + file.size, this.#growing?.size ?? 0);
  }

  /** @throws the system's error when the disk is full or fails. */
  write(piece: Buffer): void {
    if (!this.#growing) {
      const path = chunkPath(this.#folder, this.files.length);
      this.#growing = { fd: openSync(path, 'w'), path, size: 0 };
    }
    const growing = this.#growing;
    // A nearly full disk accepts only a part; the next attempt then reports the error.
    for (let done = 0; done < piece.length; ) {
      const written = writeSync(growing.fd, piece, done);
      done += written;
      growing.size += written;
    }
  }

  /** Makes the chunk available to readers, and flushes it to disk in the background. */
  endChunk(): void {
    if (!this.#growing) return;
    const { fd, path, size } = this.#growing;
    this.#growing = null;
    this.files.push(new StoredFile(path, size));
    const flush = flushed(fd).finally(() => closed(fd));
    // `sync` reports the error.
    flush.catch(() => {});
    this.#flushes.push(flush);
  }

  /** @throws the system's error when a chunk did not reach the disk. */
  async sync(): Promise<void> {
    await Promise.all(this.#flushes);
    this.#flushes.length = 0;
  }

  /** Abandons the chunk being written. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#flushes);
    const growing = this.#growing;
    this.#growing = null;
    if (growing) await closed(growing.fd);
  }
}

export function chunkPath(folder: string, index: number): string {
  return join(folder, `chunk-${index}`);
}
