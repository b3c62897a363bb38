/** Memory to read files into, used again and again: fresh memory costs more than reading a small file. */

/** Bytes; larger files get memory of their own, which goes back to the system. */
const LARGEST = 4 * 1024 * 1024;
/** Kept at most; as many as stills are worked on at the same time. */
const MOST = 16;

export class ReadBuffers {
  readonly #free: Buffer[] = [];

  /** At least `size` bytes, with anything in them. */
  take(size: number): Buffer {
    if (size > LARGEST) return Buffer.allocUnsafeSlow(size);
    const fitting = this.#free.findIndex((buffer) => buffer.length >= size);
    const [found] = fitting < 0 ? [] : this.#free.splice(fitting, 1);
    return found ?? Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(Math.max(size, 64 * 1024))));
  }

  /** Only when nobody reads from it any more. */
  giveBack(buffer: Buffer): void {
    if (buffer.length <= LARGEST && this.#free.length < MOST) this.#free.push(buffer);
  }
}
