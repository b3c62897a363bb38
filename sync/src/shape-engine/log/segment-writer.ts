import { ftruncateSync, writeSync } from 'node:fs';
import { encodeMarks } from './mark.ts';
import type { Segment } from './segment.ts';
import type { Storage } from './storage.ts';

/** So much of a transaction waits in memory. */
const BUFFER_BYTES = 256 * 1024;
/** A buffer of more is not kept for the next transaction: there may be many logs. */
const KEPT_BYTES = 4 * 1024;

const COMMA = 0x2c;

/** Appends transactions to a segment, one at a time; readers see nothing of one before its commit. */
export class SegmentWriter {
  readonly segment: Segment;
  readonly #storage: Storage;
  #buffer: Buffer = Buffer.alloc(0);
  #buffered = 0;
  /** Of the open transaction, in the file. */
  #written = 0;
  /** Of the open transaction. */
  #marks: { readonly op: number; readonly position: number }[] = [];
  #lastOp: number | null = null;

  constructor(segment: Segment, storage: Storage) {
    this.segment = segment;
    this.#storage = storage;
  }

  /** Whether a transaction has messages. */
  get open(): boolean {
    return this.#lastOp !== null;
  }

  get #position(): number {
    return this.segment.data.size + this.#written + this.#buffered;
  }

  /** @throws the system's error when the disk takes no more: the transaction can only be rolled back. */
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

  /** @throws as `append` does. */
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
    // Only now: marks whose data is not there must not be found.
    writeWhole(this.#storage.files.descriptor(segment.index), marks, marks.length, segment.index.size);
    segment.data.size = this.#position;
    segment.index.size += marks.length;
    segment.last = last;
    // Not before: what is rolled back is written over. Of a transaction that was too long to wait, the rest is on disk.
    if (isWhole) this.#storage.cache.extend(segment.data, at, this.#buffer.subarray(0, bytes));
    this.#storage.unsynced.add(segment.data);
    this.#storage.unsynced.add(segment.index);
    this.#forget();
  }

  /** Forgets the open transaction. */
  rollback(): void {
    const { data, index } = this.segment;
    const touched = this.#written > 0;
    this.#forget();
    if (!touched) return;
    ftruncateSync(this.#storage.files.descriptor(data), data.size);
    ftruncateSync(this.#storage.files.descriptor(index), index.size);
  }

  /** Not after op 0: there a reader stands who asks for what follows the whole transaction. */
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
    // Counted before it is tried: what is written in part must be cut off, too.
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

/** A nearly full disk takes a part; the next attempt then says why. */
function writeWhole(fd: number, bytes: Buffer, length: number, position: number): void {
  for (let done = 0; done < length; ) done += writeSync(fd, bytes, done, length - done, position + done);
}
