import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compareOffsets, type LogOffset, SNAPSHOT_END } from '../wire/offset.ts';
import { compactSegment } from './compact-segment.ts';
import { type LogSlice, sliceOf } from './log-slice.ts';
import { readRanges } from './read-ranges.ts';
import { Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { deleteMeta, writeMeta } from './shape-meta.ts';
import { SnapshotChunks } from './snapshot-chunks.ts';
import type { Storage } from './storage.ts';

/** Parts of a log that were found on disk. */
export interface StoredParts {
  readonly chunks: readonly number[];
  readonly segments: Segment[];
}

/** A shape on disk: its snapshot in chunks, then its transactions. It has one writer and any number of concurrent readers. */
export class ShapeLog {
  readonly handle: string;
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #chunks: SnapshotChunks;
  readonly #segments: Segment[];
  /** Null when the next transaction begins a new segment. */
  #writer: SegmentWriter | null = null;
  #lastOffset: LogOffset;
  #finishing: Promise<void> | null = null;
  #compaction: Promise<void> | null = null;
  /** Segments replaced by compacted ones, kept for readers that still use them. */
  #superseded: Segment[] = [];
  #stopped: boolean = false;
  #dropping: Promise<void> | null = null;

  constructor(storage: Storage, folder: string, handle: string, parts: StoredParts) {
    this.handle = handle;
    this.#storage = storage;
    this.#folder = join(folder, handle);
    this.#chunks = new SnapshotChunks(this.#folder, parts.chunks);
    this.#segments = parts.segments;
    const last = this.#segments.at(-1);
    this.#lastOffset = last?.last ?? SNAPSHOT_END;
    storage.logs.add(this);
    if (last && !this.#isFull(last)) this.#writer = new SegmentWriter(last, storage);
  }

  get #dropped(): boolean {
    return this.#dropping !== null;
  }

  get snapshotBytes(): number {
    return this.#chunks.bytes;
  }

  /** Size of the log's messages. */
  get changeBytes(): number {
    return this.#segments.reduce((sum, { data }) => sum + data.size, 0);
  }

  /** Total size on disk. */
  get bytes(): number {
    return this.#segments.reduce((sum, { data, index }) => sum + data.size + index.size, this.snapshotBytes);
  }

  /** Number of complete chunks. */
  get chunkCount(): number {
    return this.#chunks.files.length;
  }

  /** Offset of the last committed message; SNAPSHOT_END before the first. */
  get lastOffset(): LogOffset {
    return this.#lastOffset;
  }

  /** Writes a piece of the current chunk. @throws Error after `drop` or `stop`; the system's error when the disk is full or fails. */
  writeChunk(piece: Buffer): void {
    // The rows of a dropped shape may still arrive while its folder is removed.
    if (this.#stopped) throw new Error(`The shape ${this.handle} was dropped before its snapshot was complete`);
    this.#chunks.write(piece);
  }

  endChunk(): void {
    this.#chunks.endChunk();
  }

  /**
   * Makes the shape durable: an unfinished shape is deleted when the store is reopened.
   *
   * @param meta JSON, returned when the store is reopened.
   * @throws the system's error when not everything reached the disk.
   */
  async finish(meta: unknown): Promise<void> {
    this.#finishing = this.#finish(meta);
    await this.#finishing;
  }

  /**
   * Appends a message to the open transaction, or begins a transaction.
   *
   * @param message JSON text from `changeMessage`.
   * @param op ascending within the transaction.
   * @throws the system's error when the disk is full or fails: the transaction can only be rolled back.
   */
  append(message: string | Buffer, op: number): void {
    this.#writer ??= this.#beginSegment();
    this.#writer.append(message, op);
  }

  /**
   * Shows the transaction to readers. From now on it survives a crash of this process; it survives a crash of the machine
   * once the store's `sync` has run. A transaction that the log already contains, because Postgres resent it, is discarded.
   *
   * @throws like `append`.
   */
  commit(lsn: bigint): void {
    if (!this.#writer?.open) return;
    if (lsn <= this.#lastOffset.lsn) {
      this.rollback();
      return;
    }
    this.#writer.commit(lsn);
    const { segment } = this.#writer;
    this.#lastOffset = segment.last ?? this.#lastOffset;
    if (this.#isFull(segment)) this.#writer = null;
  }

  /** Discards the open transaction, including any part already in the file. */
  rollback(): void {
    this.#writer?.rollback();
  }

  /** Returns a chunk of the snapshot; null when it is not complete yet. */
  chunk(index: number): LogSlice | null {
    const file = this.#dropped ? undefined : this.#chunks.files[index];
    if (!file) return null;
    const end = { lsn: 0n, op: index };
    return sliceOf(this.#storage.cache, [{ file, from: 0, to: file.size }], end, false);
  }

  /**
   * Returns whole transactions after an offset until they reach `maxBytes`; a single longer transaction is divided.
   *
   * An offset within the snapshot means the log's beginning. `<lsn>_0` may use any LSN, because the official client requests
   * it after an up-to-date: if no message ends there, it lies after every transaction up to that LSN.
   *
   * @returns null when the offset was never issued: past the end, or within a transaction. `end` of an empty slice is the
   * last offset, or the requested one when that lies past it.
   */
  read(after: LogOffset, maxBytes: number): LogSlice | null {
    if (this.#dropped) return null;
    const found = readRanges(this.#segments, after, maxBytes);
    if (!found) return null;
    const end = found.end ?? (compareOffsets(after, this.#lastOffset) > 0 ? after : this.#lastOffset);
    return sliceOf(this.#storage.cache, found.ranges, end, compareOffsets(end, this.#lastOffset) >= 0);
  }

  /** Merges old updates segment by segment, except in the segment being written; see `compactSegment`. */
  compact(): Promise<void> {
    this.#compaction ??= this.#compact().finally(() => {
      this.#compaction = null;
    });
    return this.#compaction;
  }

  /** Removes the shape; readers can finish their slices, and the last of them frees the disk space. */
  drop(): Promise<void> {
    if (!this.#dropping) {
      // Immediately, and on disk before the transaction that ended the shape is acknowledged.
      deleteMeta(this.#folder);
      this.#storage.unsynced.addFolder(this.#folder);
      this.#dropping = this.#drop();
    }
    return this.#dropping;
  }

  /** Waits for pending writes to the folder; the log must not be used afterwards. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#finishing?.catch(() => {});
    await this.#compaction?.catch(() => {});
    await this.#chunks.abandon();
  }

  async #finish(meta: unknown): Promise<void> {
    await this.#chunks.sync();
    this.#storage.unsynced.addFolder(this.#folder);
    await this.#storage.unsynced.sync();
    const chunks = this.#chunks.files.map((file) => file.size);
    if (this.#dropped || !(await writeMeta(this.#folder, { chunks, meta }, () => !this.#dropped)))
      throw new Error(`The shape ${this.handle} was dropped before it was finished`);
  }

  #isFull(segment: Segment): boolean {
    return segment.compacted || segment.data.size > this.#storage.limits.segmentBytes;
  }

  #beginSegment(): SegmentWriter {
    const number = (this.#segments.at(-1)?.number ?? -1) + 1;
    const segment = Segment.create(this.#storage.files, number, this.#folder);
    this.#storage.unsynced.addFolder(segment.folder);
    this.#storage.unsynced.addFolder(this.#folder);
    this.#segments.push(segment);
    return new SegmentWriter(segment, this.#storage);
  }

  async #compact(): Promise<void> {
    await this.#removeSuperseded();
    for (const [place, segment] of this.#segments.entries()) {
      if (this.#dropped || this.#stopped) return;
      if (segment.compacted || segment === this.#writer?.segment) continue;
      const compacted = await compactSegment(segment, this.#storage);
      if (compacted === segment) continue;
      this.#segments[place] = compacted;
      // Removed later: a slice of the segment may just have been handed out.
      this.#superseded.push(segment);
      this.#excludeFromSync(segment);
    }
  }

  async #removeSuperseded(): Promise<void> {
    const isIdle = ({ data, index }: Segment) => !data.leased && !index.leased;
    const idle = this.#superseded.filter(isIdle);
    this.#superseded = this.#superseded.filter((segment) => !isIdle(segment));
    for (const segment of idle) {
      this.#forget(segment);
      await rm(segment.folder, { recursive: true, force: true });
    }
  }

  async #drop(): Promise<void> {
    this.#storage.logs.delete(this);
    for (const segment of this.#segments) this.#excludeFromSync(segment);
    await this.stop();
    const files = [...this.#chunks.files, ...this.#allSegments().flatMap(({ data, index }) => [data, index])];
    const remove = async () => {
      await Promise.all(files.map((file) => file.unused()));
      for (const file of this.#chunks.files) this.#storage.forget(file);
      for (const segment of this.#allSegments()) this.#forget(segment);
      await rm(this.#folder, { recursive: true, force: true });
    };
    const removed = remove();
    if (!files.some((file) => file.leased)) return await removed;
    removed.catch((error: unknown) => this.#storage.log(`${this.#folder} could not be removed`, error));
  }

  #allSegments(): Segment[] {
    return [...this.#segments, ...this.#superseded];
  }

  /** Leaves the files out of later syncs, whose leases could come too late: after the removal has waited for leases. */
  #excludeFromSync({ data, index }: Segment): void {
    this.#storage.unsynced.forget(data);
    this.#storage.unsynced.forget(index);
  }

  #forget(segment: Segment): void {
    this.#storage.forget(segment.data);
    this.#storage.forget(segment.index);
  }
}
