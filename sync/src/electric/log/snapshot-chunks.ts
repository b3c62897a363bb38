import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { StoredFile } from './stored-file.ts';

/** A shape's snapshot: files that are each a whole response body. */
export class SnapshotChunks {
  /** Whole chunks, in order. */
  readonly files: StoredFile[];
  readonly #folder: string;
  #growing: { readonly handle: FileHandle; readonly path: string; size: number } | null = null;
  readonly #flushes: Promise<void>[] = [];

  /** @param sizes of those that are there, in bytes. */
  constructor(folder: string, sizes: readonly number[]) {
    this.#folder = folder;
    this.files = sizes.map((size, index) => new StoredFile(chunkPath(folder, index), size));
  }

  get bytes(): number {
    return this.files.reduce((sum, file) => sum + file.size, this.#growing?.size ?? 0);
  }

  /** @throws the system's error when the disk takes no more. */
  async write(piece: Buffer): Promise<void> {
    if (!this.#growing) {
      const path = chunkPath(this.#folder, this.files.length);
      this.#growing = { handle: await open(path, 'w'), path, size: 0 };
    }
    const { handle } = this.#growing;
    await handle.appendFile(piece);
    this.#growing.size += piece.length;
  }

  /** Readers may have it from now on; it goes to the disk behind them. */
  endChunk(): void {
    if (!this.#growing) return;
    const { handle, path, size } = this.#growing;
    this.#growing = null;
    this.files.push(new StoredFile(path, size));
    const flush = handle.datasync().finally(() => handle.close());
    // Told by `sync`.
    flush.catch(() => {});
    this.#flushes.push(flush);
  }

  /** @throws the system's error when a chunk did not reach the disk. */
  async sync(): Promise<void> {
    await Promise.all(this.#flushes);
    this.#flushes.length = 0;
  }

  /** Gives up the chunk that is being written. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#flushes);
    await this.#growing?.handle.close();
    this.#growing = null;
  }
}

export function chunkPath(folder: string, index: number): string {
  return join(folder, `chunk-${index}`);
}
