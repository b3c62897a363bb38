/** A shape's log: its snapshot in chunks, then its transactions. */
import { compareOffsets, type LogOffset, SNAPSHOT_END } from './offset.ts';

export interface LogEntry {
  /** Of the transaction's last message. */
  readonly offset: LogOffset;
  /** JSON texts with commas between them. */
  readonly messages: Buffer;
}

export interface LogSlice {
  /** Each a transaction's messages; empty when there is nothing after the offset. */
  readonly parts: readonly Buffer[];
  /** Where a reader stands after it. */
  readonly end: LogOffset;
  /** Nothing follows. */
  readonly complete: boolean;
}

/** Storage of one shape's log. Appends come in order, one writer; reads may come at any time. */
export interface ShapeLog {
  /** Held for it, in bytes. */
  readonly snapshotBytes: number;
  readonly changeBytes: number;
  /** Chunks so far. */
  readonly chunkCount: number;
  readonly lastOffset: LogOffset;
  /** A whole response body: a JSON array of messages. */
  appendChunk(body: Buffer): void;
  append(entry: LogEntry): void;
  chunk(index: number): Promise<Buffer | null>;
  /**
   * Whole transactions after an offset, until they are more than `maxBytes` together.
   *
   * @returns null when the offset lies past the end, or within a transaction: it was never given out.
   */
  read(after: LogOffset, maxBytes: number): Promise<LogSlice | null>;
}

/** Holds the log in memory; it is gone with the process. */
export class MemoryShapeLog implements ShapeLog {
  readonly #chunks: Buffer[] = [];
  readonly #entries: LogEntry[] = [];
  snapshotBytes = 0;
  changeBytes = 0;

  get chunkCount(): number {
    return this.#chunks.length;
  }

  get lastOffset(): LogOffset {
    return this.#entries.at(-1)?.offset ?? SNAPSHOT_END;
  }

  appendChunk(body: Buffer): void {
    this.#chunks.push(body);
    this.snapshotBytes += body.length;
  }

  append(entry: LogEntry): void {
    this.#entries.push(entry);
    this.changeBytes += entry.messages.length;
  }

  chunk(index: number): Promise<Buffer | null> {
    return Promise.resolve(this.#chunks[index] ?? null);
  }

  read(after: LogOffset, maxBytes: number): Promise<LogSlice | null> {
    const start = after.lsn === 0n ? 0 : this.#indexAfter(after);
    if (start === null) return Promise.resolve(null);
    let end = start;
    for (let bytes = 0; end < this.#entries.length && bytes < maxBytes; end++) {
      bytes += this.#entries[end]?.messages.length ?? 0;
    }
    return Promise.resolve({
      parts: this.#entries.slice(start, end).map((entry) => entry.messages),
      end: this.#entries[end - 1]?.offset ?? SNAPSHOT_END,
      complete: end === this.#entries.length,
    });
  }

  #indexAfter(offset: LogOffset): number | null {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry && compareOffsets(entry.offset, offset) < 0) low = middle + 1;
      else high = middle;
    }
    const found = this.#entries[low];
    return found && compareOffsets(found.offset, offset) === 0 ? low + 1 : null;
  }
}
