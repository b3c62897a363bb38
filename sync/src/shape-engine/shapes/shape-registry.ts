/** All shapes of an engine: found by definition, fed by the log, dropped when they are of no more use. */
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
  /** Changes of one shape beyond this, and beyond its snapshot, are cheaper to fetch anew. */
  readonly changeBytes: number;
  /** Of all logs: past it, shapes that nobody reads go, the longest unread first. */
  readonly totalBytes: number;
  /** A shape that nobody read for so long goes. */
  readonly idleMs: number;
  /** How long a live request waits for news; 20 s at Electric. */
  readonly longPollMs: number;
  /** After so long a stream of server-sent events ends, and its reader asks anew; 60 s at Electric. */
  readonly eventStreamMs: number;
  /** So often it says that it is there; short enough for the proxies on the way, and 21 s at Electric. */
  readonly keepAliveMs: number;
  /** How often tables are looked up again, for changes that no log tells. */
  readonly checkMs: number;
  /** Shapes in all: past it, one that nobody reads goes for each new one, the longest unread first. */
  readonly shapes: number;
  readonly snapshotsAtOnce: number;
  /** Shapes whose snapshot waits for its turn. */
  readonly snapshotsWaiting: number;
}

export interface ShapeRegistryOptions {
  /** For what is short. */
  readonly sql: Sql;
  /** Has a connection for each snapshot at a time. */
  readonly snapshots: Sql;
  readonly limits: ShapeLimits;
  /** Hears of the table of every shape that was dropped. */
  onDrop(table: Table): void;
  log(message: string, error: unknown): void;
}

/** Between attempts at a snapshot that came too early: mostly for a moment, for long while a commit waits for a standby. */
const FIRST_SNAPSHOT_PAUSE_MS = 5;
const LAST_SNAPSHOT_PAUSE_MS = 200;

/** What lasts from the beginning of a replication stream to its end. */
interface Session {
  readonly stream: ReplicationStream;
  readonly store: ShapeStore;
  readonly end: AbortController;
}

export class ShapeRegistry {
  readonly limits: ShapeLimits;
  readonly #options: ShapeRegistryOptions;
  readonly #fences: Fences;
  /** Of snapshots. */
  readonly #turns: ReturnType<typeof pLimit>;
  readonly #recent = new RecentTransactions();
  readonly #shapes = new Map<string, Shape>();
  readonly #byTable = new Map<number, TableShapes>();
  /** Shapes that the open transaction may have changed. */
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

  /** Every transaction whose commit record lies at or before it is in the shapes that are ready. */
  get lastSeenLsn(): bigint {
    return this.#lastSeenLsn;
  }

  /** Shapes follow the database; else what they hold is of the past. */
  get following(): boolean {
    return this.#session !== null;
  }

  /** Takes up the shapes that a store held; those that can no longer go on are dropped. */
  async restore(store: ShapeStore, tables: (table: Table) => Promise<Table | null>): Promise<void> {
    // Of two of one definition the later: handles end with the time.
    const latestFirst = store.found.toSorted((a, b) => timeOf(b.handle) - timeOf(a.handle));
    for (const { handle, meta, log } of latestFirst) {
      const stored = parseShapeMeta(meta);
      const table = stored && (await tables(stored.definition.table));
      const isKnown = stored && this.#shapes.has(stored.definition.identity);
      if (!stored || isKnown || JSON.stringify(table) !== JSON.stringify(stored.definition.table)) await log.drop();
      else this.#add(Shape.restore(handle, stored.definition, log, stored.join));
    }
  }

  /** The log is complete from what the shapes hold on: they may follow it. */
  start(stream: ReplicationStream, store: ShapeStore): void {
    this.#session = { stream, store, end: new AbortController() };
  }

  /** Resolves when the shapes have come as far as the database was at the call. */
  async caughtUp(): Promise<void> {
    await this.#fences.pass();
  }

  /** The stream has ended. What is ready waits for the next; what is not, fails. */
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

  /** The log was interrupted: nothing that was built on it can go on. */
  dropAll(): void {
    for (const shape of this.#shapes.values()) shape.drop();
    this.#sweep();
  }

  /**
   * Another log begins, of another database or of an older state of this one: nothing that is known of the former one
   * holds in it, neither its transaction ids nor its positions.
   *
   * @param lsn nothing that comes lies at or before it.
   */
  startOver(lsn: bigint): void {
    this.dropAll();
    this.#recent.clear();
    this.#lastSeenLsn = lsn;
  }

  /**
   * The shape of a definition; made, and its snapshot begun, when there is none.
   *
   * @throws Error while there is no replication stream: what came after the snapshot would be missed.
   * @throws BusyError while there are as many shapes as there may be.
   */
  getOrCreate(definition: ShapeDefinition): Shape {
    const known = this.#shapes.get(definition.identity);
    if (known && known.state !== 'dropped') return known;
    // One that its readers left: its files go before another takes its place.
    if (known) this.#sweep();
    const session = this.#session;
    if (!session) throw new Error('the connection to Postgres was lost');
    this.#makeRoom();
    // Microseconds, and never twice: as Electric makes them.
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

  /** The first shape that fits, if there is one. */
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

  /** Makes room: compacts logs, drops what nobody reads any more, and what takes too much. */
  async tidy(now: number): Promise<void> {
    for (const shape of this.#shapes.values()) {
      if (shape.state !== 'ready') continue;
      try {
        await shape.log.compact();
      } catch (error) {
        this.#options.log(`The log of shape ${shape.handle} cannot be compacted: it is fetched anew.`, error);
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
      throw new BusyError('Too many shapes are being made; ask again.');
    if (shapes.length < most) return;
    const unread = shapes.filter((shape) => shape.readers === 0 && shape.state === 'ready');
    const [oldest] = unread.toSorted((a, b) => a.readAt - b.readAt);
    if (!oldest) throw new BusyError('As many shapes are read as there may be; ask again.');
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

  /** Lets go of the dropped. */
  #sweep(): void {
    for (const shape of this.#shapes.values()) {
      if (shape.state !== 'dropped') continue;
      const { identity, table } = shape.definition;
      this.#shapes.delete(identity);
      this.#byTable.get(table.oid)?.delete(shape);
      this.#touched.delete(shape);
      this.#options.onDrop(table);
      shape.log.drop().catch((error: unknown) => this.#options.log(`The files of shape ${shape.handle} stay.`, error));
    }
  }

  /** @returns false when it has to be taken again. */
  async #snapshot(shape: Shape, session: Session): Promise<boolean> {
    // Nobody waits for it any more.
    if (shape.state === 'dropped') throw shape.failure ?? new Error('the shape was given up');
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
          // A transaction is in the log a moment before snapshots see it: this one came too early.
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
      // The log must have come at least as far as the snapshot before anybody calls it up to date.
      await this.#fences.pass();
      const join = shape.settle(this.#lastSeenLsn);
      // Who was told that they are up to date finds the same shape after a crash.
      await shape.log.finish(shapeMeta(shape.definition, join));
      shape.setReady();
    } catch (error) {
      shape.drop(error as Error);
      this.#sweep();
    }
  }
}

/** An empty shape takes room too: a folder, its files, and a place in memory. */
const LEAST_BYTES = 64 * 1024;

function bytesOf({ log }: Shape): number {
  return Math.max(LEAST_BYTES, log.snapshotBytes + log.changeBytes);
}

/** The microseconds at the end of a handle. */
function timeOf(handle: string): number {
  return Number(handle.split('-').at(-1));
}
