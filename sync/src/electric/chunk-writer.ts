/** Puts a snapshot's messages together to chunks, each a whole response body. */
import type { ShapeLog } from './log/shape-log.ts';
import type { SnapshotRows } from './snapshot-rows.ts';

export interface ChunkWriterOptions {
  readonly log: ShapeLog;
  readonly chunkBytes: number;
  onChunk(): void;
}

const PIECE_BYTES = 1024 * 1024;
const OPEN = 91; // '['
const COMMA = 44;
const CLOSE = 93; // ']'

export class ChunkWriter {
  readonly #options: ChunkWriterOptions;
  #piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #at = 0;
  /** Of the open chunk, with what is not written yet. */
  #chunkBytes = 0;

  constructor(options: ChunkWriterOptions) {
    this.#options = options;
  }

  /** @returns what to wait for before the next row; undefined: nothing. */
  addRow(rows: SnapshotRows, row: Buffer): Promise<void> | undefined {
    const room = rows.roomFor(row) + 2;
    // Closed only when another row follows: the last chunk has room for the end of the snapshot.
    const isFull = this.#chunkBytes + this.#at >= this.#options.chunkBytes;
    if (isFull || this.#at + room > this.#piece.length)
      return this.#makeRoom(room, isFull).then(() => this.#put(rows, row));
    this.#put(rows, row);
    return undefined;
  }

  async end(message: string): Promise<void> {
    const text = Buffer.from(message);
    if (this.#at + text.length + 2 > this.#piece.length) await this.#makeRoom(text.length + 2, false);
    this.#separate();
    this.#at += text.copy(this.#piece, this.#at);
    await this.#closeChunk();
  }

  #put(rows: SnapshotRows, row: Buffer): void {
    this.#separate();
    this.#at = rows.write(row, this.#piece, this.#at);
  }

  #separate(): void {
    const first = this.#chunkBytes + this.#at === 0;
    this.#piece[this.#at++] = first ? OPEN : COMMA;
  }

  async #makeRoom(bytes: number, closes: boolean): Promise<void> {
    if (closes) await this.#closeChunk();
    else await this.#flush();
    if (bytes + 1 > this.#piece.length) this.#piece = Buffer.allocUnsafeSlow(bytes + 1);
  }

  async #closeChunk(): Promise<void> {
    this.#piece[this.#at++] = CLOSE;
    await this.#flush();
    this.#chunkBytes = 0;
    await this.#options.log.endChunk();
    this.#options.onChunk();
  }

  async #flush(): Promise<void> {
    const piece = this.#piece.subarray(0, this.#at);
    this.#chunkBytes += this.#at;
    this.#at = 0;
    await this.#options.log.writeChunk(piece);
  }
}
