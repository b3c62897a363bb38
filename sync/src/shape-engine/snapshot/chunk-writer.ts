/** Assembles a snapshot's messages into chunks, each a whole response body. */
import type { ShapeLog } from '../log/shape-log.ts';
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

/** Writes rows as they arrive, without waiting for the disk; the snapshot's `eachRow` explains why. */
export class ChunkWriter {
  readonly #options: ChunkWriterOptions;
  #piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #at = 0;
  /** Bytes of the open chunk in the file. */
  #written = 0;

  constructor(options: ChunkWriterOptions) {
    this.#options = options;
  }

  /** @throws the system's error when the disk is full or fails. */
  addRow(rows: SnapshotRows, row: Buffer): void {
    // Closed only when another row follows, so that the last chunk has room for the snapshot's end.
    if (this.#written + this.#at >= this.#options.chunkBytes) this.#closeChunk();
    this.#separate(rows.roomFor(row));
    this.#at = rows.write(row, this.#piece, this.#at);
  }

  /** @throws like `addRow`. */
  end(message: string): void {
    const text = Buffer.from(message);
    this.#separate(text.length);
    this.#at += text.copy(this.#piece, this.#at);
    this.#closeChunk();
  }

  /** Begins an array element, with room for it and for the end of the array. */
  #separate(bytes: number): void {
    const room = bytes + 2;
    if (this.#at + room > this.#piece.length) this.#flush();
    if (room > this.#piece.length) this.#piece = Buffer.allocUnsafeSlow(room);
    const first = this.#written + this.#at === 0;
    this.#piece[this.#at++] = first ? OPEN : COMMA;
  }

  #closeChunk(): void {
    this.#piece[this.#at++] = CLOSE;
    this.#flush();
    this.#written = 0;
    this.#options.log.endChunk();
    this.#options.onChunk();
  }

  #flush(): void {
    this.#options.log.writeChunk(this.#piece.subarray(0, this.#at));
    this.#written += this.#at;
    this.#at = 0;
  }
}
