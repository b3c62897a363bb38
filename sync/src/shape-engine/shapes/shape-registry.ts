/** All shapes of an engine: found by definition, fed by the log, and dropped when no longer useful. */
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Sql } from 'postgres';
import type { ShapeStore } from '../log/shape-store.ts';
import { Fences } from '../postgres/fences.ts';
import type { Relation } from '../postgres/pgoutput.ts';
import type { ReplicationStream } from '../postgres/replication-stream.ts';
import type { Table } from '../postgres/table.ts';
import type { RowChange, Transaction } from '../postgres/transaction.ts';
import { BusyError } from '../protocol/busy-error.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { takeSnapshot } from '../snapshot/snapshot.ts';
import { RecentTransactions } from '../snapshot/visibility.ts';
import { Shape } from './shape.ts';
import { parseShapeMeta, shapeMeta } from './shape-meta.ts';
import { TableShapes } from './table-shapes.ts';

export interface ShapeLimits {
  /** Size at which a snapshot's chunk or a log's response ends. */
  readonly chunkBytes: number;
  /** Changes of a shape beyond this size, and beyond its snapshot's, are cheaper to refetch. */
  readonly changeBytes: number;
  /** Size of all logs beyond which unread shapes are dropped, longest unread first. */
  readonly totalBytes: number;
  /** Milliseconds after which an unread shape is dropped. */
  readonly idleMs: number;
  /** How long a live request waits for news; 20 s in Electric. */
  readonly longPollMs: number;
  /** How long a stream of server-sent events lasts before its reader reconnects; 60 s in Electric. */
  readonly eventStreamMs: number;
  /** Interval of keep-alives, short enough for proxies in between; 21 s in Electric. */
  readonly keepAliveMs: number;
  /** Interval at which tables are reloaded, for changes that are not in the log. */
  readonly checkMs: number;
  /** Number of shapes beyond which each new one replaces an unread one, longest unread first. */
  readonly shapes: number;
  readonly snapshotsAtOnce: number;
  /** Shapes whose snapshot may wait for its turn. */
  readonly snapshotsWaiting: number;
}

export interface ShapeRegistryOptions {
  /** Connections for short queries. */
  readonly sql: Sql;
  /** Has one connection per concurrent snapshot. */
  readonly snapshots: Sql;
  readonly limits: ShapeLimits;
  /** Receives the table of every dropped shape. */
  onDrop(table: Table): void;
  log(message: string, error: unknown): void;
}

/** Delays between attempts at a snapshot that came too early: usually short, long while a commit waits for a standby. */
const FIRST_SNAPSHOT_PAUSE_MS = 5;
const LAST_SNAPSHOT_PAUSE_MS = 200;

/** State that lasts from the beginning to the end of a replication stream. */
interface Session {
  readonly stream: ReplicationStream;
  readonly store: ShapeStore;
  readonly end: AbortController;
}

export class ShapeRegistry {
  readonly limits: ShapeLimits;
  readonly #options: ShapeRegistryOptions;
  readonly #fences: Fences;
  /** Limits concurrent snapshots. */
  readonly #turns: ReturnType<typeof pLimit>;
  readonly #recent = new RecentTransactions();
  readonly #shapes = new Map<string, Shape>();
  readonly #byTable = new Map<number, TableShapes>();
  /** Shapes possibly changed by the open transaction. */
  readonly #touched = new Set<Shape>();
  #session: Session | null = null;
  #lastSeenLsn = 0n;
  #handleTime = 0;

  constructor(options: ShapeRegistryOptions) {
    this.#options = options;
    this.limits = options.limits;
    this.#fences = new Fences(options.sql);
    this.#turns = pLimit(options.limits.snapshotsAtOnce);
  }

  /** Every transaction whose commit record is at or before this LSN is in the shapes that are ready. */
  get lastSeenLsn(): bigint {
    return this.#lastSeenLsn;
  }

  /** True while the shapes follow the database; otherwise their content is out of date. */
  get following(): boolean {
    return this.#session !== null;
  }

  /** Restores the shapes of a store, and drops those that can no longer continue. */
  async restore(store: ShapeStore, tables: (table: Table) => Promise<Table | null>): Promise<void> {
    // The newer of two shapes with the same definition is kept: handles end with a timestamp.
    const latestFirst = store.found.toSorted((a, b) => timeOf(b.handle) - timeOf(a.handle));
    for (const { handle, meta, log } of latestFirst) {
      const stored = parseShapeMeta(meta);
      const table = stored && (await tables(stored.definition.table));
      const isKnown = stored && this.#shapes.has(stored.definition.identity);
      if (!stored || isKnown || JSON.stringify(table) !== JSON.stringify(stored.definition.table)) await log.drop();
      else this.#add(Shape.restore(handle, stored.definition, log, stored.join));
    }
  }

  /** Starts following a log that is complete from the shapes' positions on. */
  start(stream: ReplicationStream, store: ShapeStore): void {
    this.#session = { stream, store, end: new AbortController() };
  }

  /** Resolves when the shapes have caught up with the database's state at the call. */
  async caughtUp(): Promise<void> {
    await this.#fences.pass();
  }

  /** Ends following: ready shapes wait for the next stream, the others fail. */
  stop(reason: Error): void {
    this.#session?.end.abort(reason);
    this.#session = null;
    this.#fences.fail(reason);
    for (const shape of this.#shapes.values()) {
      if (shape.state === 'filling') shape.drop(reason);
      else shape.rollback();
    }
    this.#touched.clear();
    this.#sweep();
  }

  /** Drops all shapes, since the log they were built on was interrupted. */
  dropAll(): void {
    for (const shape of this.#shapes.values()) shape.drop();
    this.#sweep();
  }

  /**
   * Prepares for another log, of another database or of an older state of this one: transaction ids and positions of the
   * former log are meaningless in it.
   *
   * @param lsn all coming changes are after it.
   */
  startOver(lsn: bigint): void {
    this.dropAll();
    this.#recent.clear();
    this.#lastSeenLsn = lsn;
  }

  /**
   * Returns the shape of a definition; a missing shape is created and its snapshot begun.
   *
   * @throws Error while there is no replication stream: changes after the snapshot would be missed.
   * @throws BusyError while the limit of shapes is reached.
   */
  getOrCreate(definition: ShapeDefinition): Shape {
    const known = this.#shapes.get(definition.identity);
    if (known && known.state !== 'dropped') return known;
    // An abandoned shape: its files go before another shape takes its place.
    if (known) this.#sweep();
    const session = this.#session;
    if (!session) throw new Error('the connection to Postgres was lost');
    this.#makeRoom();
    // Microseconds that never repeat, as in Electric's handles.
    this.#handleTime = Math.max(this.#handleTime + 1, Date.now() * 1000);
    const handle = `${definition.hash}-${this.#handleTime}`;
    const shape = new Shape(handle, definition, session.store.create(handle));
    this.#add(shape);
    void this.#fill(shape, session);
    return shape;
  }

  begin(transaction: Transaction): void {
    this.#recent.add(transaction.xid);
  }

  change(transaction: Transaction, change: RowChange): void {
    for (const shape of this.#byTable.get(change.relation.oid)?.concernedBy(change) ?? []) {
      shape.change(transaction, change);
      this.#touched.add(shape);
    }
  }

  lose(transaction: Transaction, relation: Relation): void {
    for (const shape of this.#byTable.get(relation.oid)?.all ?? []) shape.lose(transaction);
  }

  commit(transaction: Transaction, messages: readonly string[]): void {
    for (const shape of this.#touched) shape.commit(transaction);
    this.#touched.clear();
    this.progress(transaction.lsn);
    this.#fences.arrived(messages);
    this.#sweep();
  }

  progress(lsn: bigint): void {
    if (lsn > this.#lastSeenLsn) this.#lastSeenLsn = lsn;
  }

  /** Returns the first shape that fits, or null. */
  find(fits: (shape: Shape) => boolean): Shape | null {
    return [...this.#shapes.values()].find((shape) => shape.state !== 'dropped' && fits(shape)) ?? null;
  }

  drop(shape: Shape): void {
    shape.drop();
    this.#sweep();
  }

  dropTable(table: Table): void {
    for (const shape of this.#byTable.get(table.oid)?.all ?? []) shape.drop();
    this.#sweep();
  }

  /** Compacts logs, and drops shapes that are unread for too long or take too much space. */
  async tidy(now: number): Promise<void> {
    for (const shape of this.#shapes.values()) {
      if (shape.state !== 'ready') continue;
      try {
        await shape.log.compact();
      } catch (error) {
        this.#options.log(`The log of shape ${shape.handle} cannot be compacted. The shape starts over.`, error);
        shape.drop();
      }
      if (shape.log.changeBytes > Math.max(this.limits.changeBytes, shape.log.snapshotBytes)) shape.drop();
    }
    const unread = [...this.#shapes.values()]
      .filter((shape) => shape.readers === 0 && shape.state === 'ready')
      .toSorted((a, b) => a.readAt - b.readAt);
    let total = 0;
    for (const shape of this.#shapes.values()) total += bytesOf(shape);
    for (const shape of unread) {
      if (now - shape.readAt < this.limits.idleMs && total <= this.limits.totalBytes) continue;
      total -= bytesOf(shape);
      shape.drop();
    }
    this.#sweep();
  }

  /** @throws BusyError */
  #makeRoom(): void {
    const { shapes: most, snapshotsWaiting } = this.limits;
    const shapes = [...this.#shapes.values()].filter(({ state }) => state !== 'dropped');
    if (shapes.filter(({ isQueued }) => isQueued).length >= snapshotsWaiting)
      throw new BusyError('Too many shapes are being created. Try again.');
    if (shapes.length < most) return;
    const unread = shapes.filter((shape) => shape.readers === 0 && shape.state === 'ready');
    const [oldest] = unread.toSorted((a, b) => a.readAt - b.readAt);
    if (!oldest) throw new BusyError('The maximum number of shapes is in use. Try again.');
    oldest.drop();
    this.#sweep();
  }

  #add(shape: Shape): void {
    const { identity, table } = shape.definition;
    this.#shapes.set(identity, shape);
    const ofTable = this.#byTable.get(table.oid) ?? new TableShapes();
    this.#byTable.set(table.oid, ofTable);
    ofTable.add(shape);
  }

  /** Removes the dropped shapes. */
  #sweep(): void {
    for (const shape of this.#shapes.values()) {
      if (shape.state !== 'dropped') continue;
      const { identity, table } = shape.definition;
      this.#shapes.delete(identity);
      this.#byTable.get(table.oid)?.delete(shape);
      this.#touched.delete(shape);
      this.#options.onDrop(table);
      shape.log
        .drop()
        .catch((error: unknown) =>
          this.#options.log(`The files of shape ${shape.handle} could not be removed.`, error),
        );
    }
  }

  /** @returns false when the snapshot must be taken again. */
  async #snapshot(shape: Shape, session: Session): Promise<boolean> {
    // All waiting readers have left.
    if (shape.state === 'dropped') throw shape.failure ?? new Error('the shape was abandoned');
    shape.isQueued = false;
    const { signal } = session.end;
    signal.throwIfAborted();
    return await takeSnapshot({
      sql: this.#options.snapshots,
      definition: shape.definition,
      chunkBytes: this.limits.chunkBytes,
      signal,
      log: shape.log,
      onChunk: () => shape.changed.wake(),
      join: (readBounds) =>
        session.stream.hold(async () => {
          const bounds = await readBounds();
          // A transaction enters the log a moment before snapshots see it: this snapshot came too early.
          if (!this.#recent.allVisible(bounds)) return null;
          shape.join(bounds);
          return bounds;
        }),
    });
  }

  async #fill(shape: Shape, session: Session): Promise<void> {
    const { signal } = session.end;
    try {
      let pause = FIRST_SNAPSHOT_PAUSE_MS;
      for (let taken = false; !taken; ) {
        taken = await this.#turns(() => this.#snapshot(shape, session));
        if (!taken) await delay(pause, undefined, { signal });
        pause = Math.min(pause * 2, LAST_SNAPSHOT_PAUSE_MS);
      }
      shape.completeSnapshot();
      // The log must have caught up with the snapshot before any reader is told that it is up to date.
      await this.#fences.pass();
      const join = shape.settle(this.#lastSeenLsn);
      // A reader that was told it is up to date finds the same shape after a crash.
      await shape.log.finish(shapeMeta(shape.definition, join));
      shape.setReady();
    } catch (error) {
      shape.drop(error as Error);
      this.#sweep();
    }
  }
}

/** Space that even an empty shape takes: a folder, its files and some memory. */
const LEAST_BYTES = 64 * 1024;

function bytesOf({ log }: Shape): number {
  return Math.max(LEAST_BYTES, log.snapshotBytes + log.changeBytes);
}

/** Returns the microseconds at the end of a handle. */
function timeOf(handle: string): number {
  return Number(handle.split('-').at(-1));
}
