import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { OpenFiles } from './open-files.ts';
import type { StoredFile } from './stored-file.ts';

export const BLOCK_BYTES = 256 * 1024;

const readFrom = promisify(read);

/** Aligned to BLOCK_BYTES in its file. The last one of a growing file is filled further, never read again. */
interface Block {
  /** May be longer than what is filled. */
  buffer: Buffer;
  filled: number;
  filling: Promise<void> | null;
}

/** What readers share: each block is read once, however many wait for it, and kept while there is room. */
export class BlockCache {
  /** Reads of files so far. */
  reads = 0;
  readonly #files: OpenFiles;
  readonly #limit: number;
  /** The longest unused first. */
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
   * @param length of the block's beginning, in bytes; the file must have that much.
   * @returns a view of the shared buffer: not to be written to.
   */
  async get(file: StoredFile, index: number, length: number): Promise<Buffer> {
    const key = `${file.id}/${index}`;
    const block = this.#blocks.get(key) ?? { buffer: Buffer.alloc(0), filled: 0, filling: null };
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    while (block.filled < length) {
      block.filling ??= this.#fill(file, index, key, block).finally(() => {
        block.filling = null;
      });
      await block.filling;
    }
    return block.buffer.subarray(0, length);
  }

  /** Before a file is removed. */
  forget(file: StoredFile): void {
    for (let index = 0; index * BLOCK_BYTES < file.size; index++) this.#evict(`${file.id}/${index}`);
  }

  async #fill(file: StoredFile, index: number, key: string, block: Block): Promise<void> {
    const start = index * BLOCK_BYTES;
    const target = Math.min(BLOCK_BYTES, file.size - start);
    const buffer = this.#roomFor(target, block);
    while (block.filled < target) {
      this.reads++;
      const position = start + block.filled;
      const { bytesRead } = await this.#files.use(file, (fd) =>
        readFrom(fd, buffer, block.filled, target - block.filled, position),
      );
      if (bytesRead === 0) throw new Error(`${file.path} ends before byte ${start + target}`);
      block.filled += bytesRead;
    }
    if (this.#blocks.get(key) !== block) return;
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#limit) return;
      if (oldest !== key) this.#evict(oldest);
    }
  }

  /** Doubles, so that a block that grows message by message is not copied each time. */
  #roomFor(target: number, block: Block): Buffer {
    if (block.buffer.length >= target) return block.buffer;
    const bytes = block.filled === 0 ? target : Math.min(BLOCK_BYTES, Math.max(target, 2 * block.buffer.length));
    const bigger = Buffer.allocUnsafeSlow(bytes);
    block.buffer.copy(bigger, 0, 0, block.filled);
    this.#bytes += bytes - block.buffer.length;
    block.buffer = bigger;
    return bigger;
  }

  #evict(key: string): void {
    const block = this.#blocks.get(key);
    if (!block) return;
    this.#blocks.delete(key);
    this.#bytes -= block.buffer.length;
  }
}
