/**
 * A live shape: a snapshot joined with the transactions of the log that it does not contain.
 *
 * Its snapshot's bounds are read while the replication stream is paused. Of the transactions that follow, those visible to
 * the snapshot are skipped; all others are written to the shape's log as they arrive.
 */
import { Condition } from '../../shapes/condition.ts';
import type { ShapeLog } from '../log/shape-log.ts';
import { isSameTable, schemaHeader } from '../postgres/table.ts';
import type { RowChange, Transaction } from '../postgres/transaction.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { isVisible } from '../snapshot/visibility.ts';
import { type ChangeMessage, changeMessage, type SnapshotBounds } from '../wire/messages.ts';
import { compareOffsets, type LogOffset } from '../wire/offset.ts';
import { ShapeChanges } from './shape-changes.ts';

export type ShapeState =
  /** The snapshot is being taken. */
  | 'filling'
  /** Snapshot and log are joined, up to the last transaction that the engine has received. */
  | 'ready'
  /** No longer usable: readers refetch. */
  | 'dropped';

/** The point where snapshot and log meet. */
export interface Join {
  readonly bounds: SnapshotBounds;
  /** Transactions after this LSN are not in the snapshot; null while it is unknown. */
  readonly lsn: bigint | null;
}

/** How long to expect a reader that was asked to come back. */
const COMES_AGAIN_MS = 15_000;

export class Shape {
  readonly handle: string;
  readonly definition: ShapeDefinition;
  readonly log: ShapeLog;
  /** The `electric-schema` header of its answers. */
  readonly schema: string;
  /** Why the shape was dropped before it was ready; null without a failure. */
  failure: Error | null = null;
  /** True while the snapshot waits for its turn. */
  isQueued: boolean = true;
  /** Woken by every event that a reader may wait for. */
  readonly changed = new Condition();
  readonly #relationText: string;
  #readers = 0;
  #readAt = Date.now();
  #expectedUntil = 0;
  #state: ShapeState = 'filling';
  #snapshotComplete = false;
  #join: Join | null = null;
  #changes: ShapeChanges | null = null;
  #transaction: Transaction | null = null;
  #taken: boolean = false;
  /** The open transaction's latest message, held back because only the commit shows whether it is the last. */
  #latest: ChangeMessage | null = null;

  constructor(handle: string, definition: ShapeDefinition, log: ShapeLog) {
    this.handle = handle;
    this.definition = definition;
    this.log = log;
    this.schema = schemaHeader(definition.table, definition.columns);
    this.#relationText = JSON.stringify([definition.table.schema, definition.table.name]);
  }

  /** Restores a shape that was ready before the engine restarted. */
  static restore(handle: string, definition: ShapeDefinition, log: ShapeLog, join: Join): Shape {
    const shape = new Shape(handle, definition, log);
    shape.#join = join;
    shape.#snapshotComplete = true;
    shape.isQueued = false;
    shape.#state = 'ready';
    return shape;
  }

  /** Number of open requests. */
  get readers(): number {
    return this.#readers;
  }

  /** `Date.now()` at the end of the latest request. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Begins a request; `leave` ends it. */
  enter(): void {
    this.#readers++;
  }

  /** Ends a request. A shape whose snapshot has not begun is dropped when its last reader leaves. */
  leave(): void {
    this.#readers--;
    this.#readAt = Date.now();
    if (this.isQueued && this.#readers === 0 && this.#readAt > this.#expectedUntil) this.drop();
  }

  /** Notes that a reader was asked to come back. */
  expectReader(): void {
    this.#expectedUntil = Date.now() + COMES_AGAIN_MS;
  }

  get state(): ShapeState {
    return this.#state;
  }

  /** True once the last chunk is complete. */
  get snapshotComplete(): boolean {
    return this.#snapshotComplete;
  }

  /** True if a reader at this offset has something to read or the shape was dropped. */
  hasNews(at: LogOffset): boolean {
    return this.#state === 'dropped' || compareOffsets(this.log.lastOffset, at) > 0;
  }

  /** Starts accepting transactions. */
  join(bounds: SnapshotBounds): void {
    this.#join = { bounds, lsn: null };
  }

  completeSnapshot(): void {
    this.#snapshotComplete = true;
    this.changed.wake();
  }

  /** @param lsn transactions after it are not in the snapshot. @throws Error when the shape has not joined. */
  settle(lsn: bigint): Join {
    if (!this.#join) throw new Error(`the shape ${this.handle} has not joined the log`);
    this.#join = { ...this.#join, lsn };
    return this.#join;
  }

  setReady(): void {
    if (this.#state === 'filling') this.#state = 'ready';
    this.changed.wake();
  }

  /** Applies a change of its table. Drops the shape when the log describes the table differently. */
  change(transaction: Transaction, change: RowChange): void {
    if (!this.#takes(transaction)) return;
    if (this.#changes?.relation !== change.relation) {
      if (!isSameTable(this.definition.table, change.relation)) {
        this.drop();
        return;
      }
      this.#changes = new ShapeChanges(this.definition, change.relation);
    }
    for (const message of this.#changes.messages(change)) {
      this.#write(transaction, false);
      this.#latest = message;
    }
  }

  /** Drops the shape, because its table's rows can no longer be derived from the log. */
  lose(transaction: Transaction): void {
    if (this.#takes(transaction)) this.drop();
  }

  commit(transaction: Transaction): void {
    if (this.#transaction !== transaction || !this.#latest) return;
    this.#write(transaction, true);
    this.log.commit(transaction.lsn);
    this.changed.wake();
  }

  /** Discards the open transaction, which will be resent from its beginning. */
  rollback(): void {
    this.#transaction = null;
    this.#latest = null;
    if (this.#state !== 'dropped') this.log.rollback();
  }

  drop(failure: Error | null = null): void {
    if (this.#state === 'dropped') return;
    this.#state = 'dropped';
    this.failure = failure;
    this.#latest = null;
    this.changed.wake();
  }

  #write(transaction: Transaction, last: boolean): void {
    if (!this.#latest) return;
    const context = { relation: this.#relationText, lsn: transaction.lsn, xid: transaction.xid };
    this.log.append(changeMessage(this.#latest, context, last), this.#latest.position);
    this.#latest = null;
  }

  #takes(transaction: Transaction): boolean {
    if (this.#transaction !== transaction) {
      this.#transaction = transaction;
      this.#latest = null;
      this.#taken = this.#join !== null && !this.#has(transaction, this.#join);
    }
    return this.#taken && this.#state !== 'dropped';
  }

  /** True if the transaction is in the snapshot, or was resent and is already in the log. */
  #has({ lsn, xid }: Transaction, join: Join): boolean {
    if (lsn <= this.log.lastOffset.lsn) return true;
    return (join.lsn === null || lsn <= join.lsn) && isVisible(join.bounds, xid);
  }
}
