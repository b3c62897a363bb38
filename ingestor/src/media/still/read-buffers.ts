/** Reuses memory for reading files: allocating costs more than reading a small file. */

/** Bytes; larger files get their own memory, which returns to the system. */
const LARGEST = 4 * 1024 * 1024;
/** Most buffers kept: the number of stills processed in parallel. */
const MOST = 16;

export class ReadBuffers {
  readonly #free: Buffer[] = [];

  /** Returns at least `size` bytes with arbitrary content. */
  take(size: number): Buffer {
    if (size > LARGEST) return Buffer.allocUnsafeSlow(size);
    const fitting = this.#free.findIndex((buffer) => buffer.length >= size);
    const [found] = fitting < 0 ? [] : this.#free.splice(fitting, 1);
    return found ?? Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(Math.max(size, 64 * 1024))));
  }

  /** May be called only when nothing reads from the buffer any more. */
  giveBack(buffer: Buffer): void {
    if (buffer.length <= LARGEST && this.#free.length < MOST) this.#free.push(buffer);
  }
}
