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

/** What a log is made of when it was found on disk. */
export interface StoredParts {
  readonly chunks: readonly number[];
  readonly segments: Segment[];
}

/** A shape on disk: its snapshot in chunks, then its transactions. One writer; reads may come at any time. */
export class ShapeLog {
  readonly handle: string;
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #chunks: SnapshotChunks;
  readonly #segments: Segment[];
  /** null: the next transaction begins a new segment. */
  #writer: SegmentWriter | null = null;
  #lastOffset: LogOffset;
  #finishing: Promise<void> | null = null;
  #compaction: Promise<void> | null = null;
  /** Compacted since, for those who still read them. */
  #superseded: Segment[] = [];
  #stopped = false;
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

  /** Of the log's messages. */
  get changeBytes(): number {
    return this.#segments.reduce((sum, { data }) => sum + data.size, 0);
  }

  /** On disk, in all. */
  get bytes(): number {
    return this.#segments.reduce((sum, { data, index }) => sum + data.size + index.size, this.snapshotBytes);
  }

  /** Of whole chunks. */
  get chunkCount(): number {
    return this.#chunks.files.length;
  }

  /** Of the last committed message; SNAPSHOT_END when there is none. */
  get lastOffset(): LogOffset {
    return this.#lastOffset;
  }

  /** A piece of the current chunk. @throws the system's error when the disk takes no more. */
  writeChunk(piece: Buffer): void {
    this.#chunks.write(piece);
  }

  endChunk(): void {
    this.#chunks.endChunk();
  }

  /**
   * Makes the shape durable: one that was not finished is deleted when the store is opened again.
   *
   * @param meta JSON, handed back then.
   * @throws the system's error when not all of it reached the disk.
   */
  async finish(meta: unknown): Promise<void> {
    this.#finishing = this.#finish(meta);
    await this.#finishing;
  }

  /**
   * A message of the open transaction; begins one when there is none.
   *
   * @param message JSON text, as `changeMessage` makes it.
   * @param op ascending within the transaction.
   * @throws the system's error when the disk takes no more: the transaction can only be rolled back.
   */
  append(message: string | Buffer, op: number): void {
    this.#writer ??= this.#beginSegment();
    this.#writer.append(message, op);
  }

  /**
   * Readers see the transaction from now on, also after a crash of this process; after one of the machine when `sync`
   * of the store was called since. One that the log has already, because Postgres sent it again, is forgotten.
   *
   * @throws as `append` does.
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

  /** Forgets the open transaction, also what of it is in the file already. */
  rollback(): void {
    this.#writer?.rollback();
  }

  /** The snapshot's chunk; null when there is none yet. */
  chunk(index: number): LogSlice | null {
    const file = this.#dropped ? undefined : this.#chunks.files[index];
    if (!file) return null;
    const end = { lsn: 0n, op: index };
    return sliceOf(this.#storage.cache, [{ file, from: 0, to: file.size }], end, false);
  }

  /**
   * Whole transactions after an offset until they are `maxBytes` or more; one that is longer by itself is divided.
   *
   * An offset within the snapshot is the log's beginning. `<lsn>_0` may be any LSN, as the official client asks for it
   * after an up-to-date: where no message ends there, it stands after every transaction up to that LSN.
   *
   * @returns null when the offset was never given out: past the end, or within a transaction. `end` of an empty slice
   * is the last offset, or the one asked for when that lies past it.
   */
  read(after: LogOffset, maxBytes: number): LogSlice | null {
    if (this.#dropped) return null;
    const found = readRanges(this.#segments, after, maxBytes);
    if (!found) return null;
    const end = found.end ?? (compareOffsets(after, this.#lastOffset) > 0 ? after : this.#lastOffset);
    return sliceOf(this.#storage.cache, found.ranges, end, compareOffsets(end, this.#lastOffset) >= 0);
  }

  /** Merges old updates, segment by segment, see `compactSegment`; what is being written is left alone. */
  compact(): Promise<void> {
    this.#compaction ??= this.#compact().finally(() => {
      this.#compaction = null;
    });
    return this.#compaction;
  }

  /** Removes the shape; readers in the middle of a slice come to its end, and the last of them frees the disk. */
  drop(): Promise<void> {
    if (!this.#dropping) {
      // At once, and on disk before the transaction that ended the shape is acknowledged.
      deleteMeta(this.#folder);
      this.#storage.unsynced.addFolder(this.#folder);
      this.#dropping = this.#drop();
    }
    return this.#dropping;
  }

  /** Waits for what still writes to its folder; nothing of the log may be used after it. */
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
      // Not removed yet: a slice of it may just have been handed out.
      this.#superseded.push(segment);
    }
  }

  async #removeSuperseded(): Promise<void> {
    const idle = this.#superseded.filter(({ data }) => !data.leased);
    this.#superseded = this.#superseded.filter(({ data }) => data.leased);
    for (const segment of idle) {
      this.#forget(segment);
      await rm(segment.folder, { recursive: true, force: true });
    }
  }

  async #drop(): Promise<void> {
    this.#storage.logs.delete(this);
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

  #forget(segment: Segment): void {
    this.#storage.forget(segment.data);
    this.#storage.forget(segment.index);
  }
}
