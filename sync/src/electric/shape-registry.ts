/** All shapes of an engine: found by definition, fed by the log, dropped when they are of no more use. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { Fences } from './fences.ts';
import { Shape } from './shape.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { MemoryShapeLog } from './shape-log.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transaction.ts';
import { RecentTransactions } from './visibility.ts';

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
  /** How often tables are looked up again, for changes that no log tells. */
  readonly checkMs: number;
}

export class ShapeRegistry {
  readonly limits: ShapeLimits;
  readonly #snapshots: Sql;
  readonly #onDrop: (table: Table) => void;
  readonly #fences: Fences;
  readonly #shapes = new Map<string, Shape>();
  #recent = new RecentTransactions();
  /** Ends with the replication stream; null while there is none. */
  #session: AbortController | null = null;
  #lastSeenLsn = 0n;
  #handleTime = 0;

  /**
   * @param sql for what is short; `snapshots` has a connection for each snapshot at a time.
   * @param onDrop hears of the table of every shape that was dropped.
   */
  constructor(sql: Sql, snapshots: Sql, limits: ShapeLimits, onDrop: (table: Table) => void) {
    this.#snapshots = snapshots;
    this.#onDrop = onDrop;
    this.limits = limits;
    this.#fences = new Fences(sql);
  }

  /** Every transaction whose commit record lies at or before it is in the shapes that are ready. */
  get lastSeenLsn(): bigint {
    return this.#lastSeenLsn;
  }

  /** From now on the log is complete: shapes may be made. */
  start(): void {
    this.#session = new AbortController();
  }

  /**
   * The shape of a definition; made, and its snapshot begun, when there is none.
   *
   * @throws Error while there is no replication stream: what came after the snapshot would be missed.
   */
  getOrCreate(definition: ShapeDefinition): Shape {
    const known = this.#shapes.get(definition.identity);
    if (known && known.state !== 'dropped') return known;
    if (!this.#session) throw new Error('the connection to Postgres was lost');
    // Microseconds, and never twice: as Electric makes them.
    this.#handleTime = Math.max(this.#handleTime + 1, Date.now() * 1000);
    const shape = new Shape(`${definition.hash}-${this.#handleTime}`, definition, new MemoryShapeLog());
    this.#shapes.set(definition.identity, shape);
    void this.#fill(shape, this.#session.signal);
    return shape;
  }

  apply(transaction: Transaction): void {
    this.#recent.add(transaction.xid);
    const touched = new Set([...transaction.relations, ...transaction.truncated, ...transaction.unusable]);
    const oids = new Set([...touched].map((relation) => relation.oid));
    for (const shape of this.#shapes.values()) {
      if (oids.has(shape.definition.table.oid)) shape.apply(transaction);
    }
    this.progress(transaction.lsn);
    this.#fences.arrived(transaction.messages);
    this.#sweep();
  }

  progress(lsn: bigint): void {
    if (lsn > this.#lastSeenLsn) this.#lastSeenLsn = lsn;
  }

  dropTable(table: Table): void {
    for (const shape of this.#shapes.values()) if (shape.definition.table.oid === table.oid) shape.drop();
    this.#sweep();
  }

  /** Forgets everything: the log was interrupted, so nothing that was built on it can go on. */
  reset(reason: Error): void {
    this.#session?.abort(reason);
    this.#session = null;
    this.#fences.fail(reason);
    for (const shape of this.#shapes.values()) shape.drop(shape.state === 'filling' ? reason : null);
    this.#shapes.clear();
    this.#recent = new RecentTransactions();
    this.#lastSeenLsn = 0n;
  }

  /** Drops what nobody reads any more, and what takes too much room. */
  dropUnused(now: number): void {
    const unread = [...this.#shapes.values()]
      .filter((shape) => shape.readers === 0 && shape.state === 'ready')
      .toSorted((a, b) => a.readAt - b.readAt);
    let total = 0;
    for (const { log } of this.#shapes.values()) total += log.snapshotBytes + log.changeBytes;
    for (const shape of unread) {
      if (now - shape.readAt < this.limits.idleMs && total <= this.limits.totalBytes) continue;
      total -= shape.log.snapshotBytes + shape.log.changeBytes;
      shape.drop();
    }
    this.#sweep();
  }

  /** Lets go of the dropped, and of those whose log has outgrown its use. */
  #sweep(): void {
    for (const [identity, shape] of this.#shapes) {
      const { changeBytes, snapshotBytes } = shape.log;
      if (changeBytes > Math.max(this.limits.changeBytes, snapshotBytes)) shape.drop();
      if (shape.state !== 'dropped') continue;
      this.#shapes.delete(identity);
      this.#onDrop(shape.definition.table);
    }
  }

  async #fill(shape: Shape, signal: AbortSignal): Promise<void> {
    const seenBefore = this.#recent.count;
    const recent = this.#recent;
    try {
      for (let taken = false; !taken; ) {
        taken = await takeSnapshot({
          sql: this.#snapshots,
          definition: shape.definition,
          chunkBytes: this.limits.chunkBytes,
          signal,
          onBounds(bounds) {
            if (!recent.allVisible(bounds, seenBefore)) return false;
            shape.setBounds(bounds);
            return true;
          },
          onChunk: (body) => shape.addChunk(body),
        });
        if (!taken) await delay(5, undefined, { signal });
      }
      shape.completeSnapshot();
      // The log must have come at least as far as the snapshot before anybody calls it up to date.
      await this.#fences.pass();
      shape.setReady();
    } catch (error) {
      shape.drop(error as Error);
    }
    this.dropUnused(Date.now());
  }
}
