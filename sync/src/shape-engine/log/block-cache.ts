import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';

export const BLOCK_BYTES = 256 * 1024;

const readFrom = promisify(read);

/** A piece of a file aligned to BLOCK_BYTES. The last block of a growing file is extended, never reread. */
interface Block {
  /** May be longer than its filled part. */
  buffer: Buffer;
  filled: number;
  filling: Promise<void> | null;
}

/** Blocks shared by all readers: each is read once, however many wait for it, and kept while there is room. */
export class BlockCache {
  /** Number of file reads so far. */
  reads = 0;
  readonly #files: OpenFiles;
  readonly #limit: number;
  /** Longest unused first. */
  readonly #blocks = new Map<string, Block>();
  #bytes = 0;

  /** @param limit in bytes; blocks that readers still hold are not counted. */
  constructor(files: OpenFiles, limit: number) {
    this.#files = files;
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * @param length bytes from the block's beginning; the file must contain them.
   * @returns a view of the shared buffer, which must not be written to.
   */
  async get(file: StoredFile, index: number, length: number): Promise<Buffer> {
    const key = keyOf(file, index);
    const block = this.#blocks.get(key) ?? { buffer: Buffer.alloc(0), filled: 0, filling: null };
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    while (block.filled < length) {
      block.filling ??= this.#fill(file, index, length, block).finally(() => {
        block.filling = null;
      });
      await block.filling;
    }
    return block.buffer.subarray(0, length);
  }

  /**
   * Adds newly written bytes to the cached block that ends where they begin. Waiting readers then need not read them back,
   * which would go through a thread pool and might queue behind a flush of the disk.
   *
   * @param at position of `bytes` in the file; they never change again.
   */
  extend(file: StoredFile, at: number, bytes: Buffer): void {
    const index = Math.floor(at / BLOCK_BYTES);
    const key = keyOf(file, index);
    const block = this.#blocks.get(key);
    const from = at - index * BLOCK_BYTES;
    if (!block || block.filling !== null || block.filled !== from) return;
    const filled = Math.min(BLOCK_BYTES, from + bytes.length);
    this.#resize(key, block, filled);
    bytes.copy(block.buffer, from, 0, filled - from);
    block.filled = filled;
    this.#makeRoom(key);
  }

  /** Drops a file's blocks; call before the file is removed. */
  forget(file: StoredFile): void {
    for (let index = 0; index * BLOCK_BYTES < file.size; index++) this.#evict(keyOf(file, index));
  }

  async #fill(file: StoredFile, index: number, needed: number, block: Block): Promise<void> {
    const key = keyOf(file, index);
    const start = index * BLOCK_BYTES;
    const target = Math.max(needed, Math.min(BLOCK_BYTES, file.size - start));
    const bigger = this.#resize(key, block, target);
    while (block.filled < target) {
      this.reads++;
      const position = start + block.filled;
      const { bytesRead } = await this.#files.use(file, (fd) =>
        readFrom(fd, bigger, block.filled, target - block.filled, position),
      );
      if (bytesRead === 0) throw new Error(`${file.path} ends before byte ${start + target}`);
      block.filled += bytesRead;
    }
    this.#makeRoom(key);
  }

  #resize(key: string, block: Block, bytes: number): Buffer {
    const bigger = roomFor(bytes, block);
    // A block evicted in the meantime belongs to its readers alone.
    if (this.#blocks.get(key) === block) this.#bytes += bigger.length - block.buffer.length;
    block.buffer = bigger;
    return bigger;
  }

  /** Evicts blocks other than the given one. */
  #makeRoom(key: string): void {
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#limit) return;
      if (oldest !== key) this.#evict(oldest);
    }
  }

  #evict(key: string): void {
    const block = this.#blocks.get(key);
    if (!block) return;
    this.#blocks.delete(key);
    this.#bytes -= block.buffer.length;
  }
}

function keyOf(file: StoredFile, index: number): string {
  return `${file.id}/${index}`;
}

/** Doubles the room, so that a block that grows by messages is not copied each time. */
function roomFor(bytes: number, { buffer, filled }: Block): Buffer {
  if (buffer.length >= bytes) return buffer;
  const bigger = Buffer.allocUnsafeSlow(
    filled === 0 ? bytes : Math.min(BLOCK_BYTES, Math.max(bytes, 2 * buffer.length)),
  );
  buffer.copy(bigger, 0, 0, filled);
  return bigger;
}
