import { ftruncateSync, writeSync } from 'node:fs';
import { encodeMarks } from './mark.ts';
import type { Segment } from './segment.ts';
import type { Storage } from './storage.ts';

/** Bytes of a transaction that are buffered in memory. */
const BUFFER_BYTES = 256 * 1024;
/** A larger buffer is not kept for the next transaction: there may be many logs. */
const KEPT_BYTES = 4 * 1024;

const COMMA = 0x2c;

/** Appends transactions to a segment, one at a time; readers see nothing of a transaction before its commit. */
export class SegmentWriter {
  readonly segment: Segment;
  readonly #storage: Storage;
  #buffer: Buffer = Buffer.alloc(0);
  #buffered = 0;
  /** Bytes of the open transaction in the file. */
  #written = 0;
  /** Marks of the open transaction. */
  #marks: { readonly op: number; readonly position: number }[] = [];
  #lastOp: number | null = null;

  constructor(segment: Segment, storage: Storage) {
    this.segment = segment;
    this.#storage = storage;
  }

  /** True while a transaction has messages. */
  get open(): boolean {
    return this.#lastOp !== null;
  }

  get #position(): number {
    return this.segment.data.size + this.#written + this.#buffered;
  }

  /** @throws the system's error when the disk is full or fails: the transaction can only be rolled back. */
  append(message: string | Buffer, op: number): void {
    this.#markLongTransaction();
    const bytes = typeof message === 'string' ? Buffer.byteLength(message) : message.length;
    this.#makeRoom(bytes + 1);
    if (typeof message === 'string') this.#buffer.write(message, this.#buffered);
    else message.copy(this.#buffer, this.#buffered);
    this.#buffered += bytes;
    this.#buffer[this.#buffered++] = COMMA;
    this.#lastOp = op;
    if (this.#buffered >= BUFFER_BYTES) this.#flush();
  }

  /** @throws like `append`. */
  commit(lsn: bigint): void {
    const { segment } = this;
    if (this.#lastOp === null) return;
    const isWhole = this.#written === 0;
    const bytes = this.#buffered;
    const at = segment.data.size;
    this.#flush();
    const last = { lsn, op: this.#lastOp };
    const marks = encodeMarks([
      ...this.#marks.map((mark) => ({ ...mark, lsn, endsTransaction: false })),
      { ...last, position: this.#position, endsTransaction: true },
    ]);
    // Written last: marks without their data must not be found.
    writeWhole(this.#storage.files.descriptor(segment.index), marks, marks.length, segment.index.size);
    segment.data.size = this.#position;
    segment.index.size += marks.length;
    segment.last = last;
    // Cached only now: rolled back bytes are overwritten. Part of a transaction too long for the buffer is on disk already.
    if (isWhole) this.#storage.cache.extend(segment.data, at, this.#buffer.subarray(0, bytes));
    this.#storage.unsynced.add(segment.data);
    this.#storage.unsynced.add(segment.index);
    this.#forget();
  }

  /** Discards the open transaction. */
  rollback(): void {
    const { data, index } = this.segment;
    const touched = this.#written > 0;
    this.#forget();
    if (!touched) return;
    ftruncateSync(this.#storage.files.descriptor(data), data.size);
    ftruncateSync(this.#storage.files.descriptor(index), index.size);
  }

  /** Marks a place in a long transaction, but never after op 0: that offset means the end of the whole transaction. */
  #markLongTransaction(): void {
    if (this.#lastOp === null || this.#lastOp === 0) return;
    const position = this.#position;
    const marked = this.#marks.at(-1)?.position ?? this.segment.data.size;
    if (position - marked >= this.#storage.limits.markBytes) this.#marks.push({ op: this.#lastOp, position });
  }

  #makeRoom(bytes: number): void {
    const needed = this.#buffered + bytes;
    if (this.#buffer.length >= needed) return;
    const bigger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length, KEPT_BYTES));
    this.#buffer.copy(bigger, 0, 0, this.#buffered);
    this.#buffer = bigger;
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    const { data } = this.segment;
    const at = data.size + this.#written;
    // Counted before the attempt: a partial write must be cut off as well.
    this.#written += this.#buffered;
    const bytes = this.#buffered;
    this.#buffered = 0;
    writeWhole(this.#storage.files.descriptor(data), this.#buffer, bytes, at);
  }

  #forget(): void {
    this.#buffered = 0;
    this.#written = 0;
    this.#marks = [];
    this.#lastOp = null;
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.alloc(0);
  }
}

/** Writes all bytes. A nearly full disk accepts only a part; the next attempt then reports the error. */
function writeWhole(fd: number, bytes: Buffer, length: number, position: number): void {
  for (let done = 0; done < length; ) done += writeSync(fd, bytes, done, length - done, position + done);
}
