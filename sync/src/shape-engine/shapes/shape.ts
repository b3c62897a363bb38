/**
 * One shape at work: a snapshot joined with the transactions of the log that it does not hold.
 *
 * Its snapshot's bounds are taken while the replication stream stands still. Of the transactions that
 * come after, those that the snapshot sees are skipped, all others are written to its log as they come.
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
  /** Its snapshot is being taken. */
  | 'filling'
  /** Snapshot and log are joined, up to the last transaction that the engine saw. */
  | 'ready'
  /** Of no use any more: readers fetch anew. */
  | 'dropped';

/** Where the snapshot and the log meet. */
export interface Join {
  readonly bounds: SnapshotBounds;
  /** Transactions past it are not in the snapshot; null while that is not known. */
  readonly lsn: bigint | null;
}

/** How long a reader that was told to come again is waited for. */
const COMES_AGAIN_MS = 15_000;

export class Shape {
  readonly handle: string;
  readonly definition: ShapeDefinition;
  readonly log: ShapeLog;
  /** The `electric-schema` of its answers. */
  readonly schema: string;
  /** Why it was dropped before it was ready; null when nothing failed. */
  failure: Error | null = null;
  /** Its snapshot waits for its turn. */
  isQueued: boolean = true;
  /** Woken by everything that a reader may wait for. */
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
  /** The open transaction's latest message: whether it is the last shows at the commit. */
  #held: ChangeMessage | null = null;

  constructor(handle: string, definition: ShapeDefinition, log: ShapeLog) {
    this.handle = handle;
    this.definition = definition;
    this.log = log;
    this.schema = schemaHeader(definition.table, definition.columns);
    this.#relationText = JSON.stringify([definition.table.schema, definition.table.name]);
  }

  /** A shape that was ready before the engine was restarted. */
  static restore(handle: string, definition: ShapeDefinition, log: ShapeLog, join: Join): Shape {
    const shape = new Shape(handle, definition, log);
    shape.#join = join;
    shape.#snapshotComplete = true;
    shape.isQueued = false;
    shape.#state = 'ready';
    return shape;
  }

  /** Requests under way. */
  get readers(): number {
    return this.#readers;
  }

  /** `Date.now()` of the latest request. */
  get readAt(): number {
    return this.#readAt;
  }

  /** A request begins; `leave` ends it. */
  enter(): void {
    this.#readers++;
  }

  /** A request has ended. A shape whose snapshot has not begun is of no use when nobody waits for it any more. */
  leave(): void {
    this.#readers--;
    this.#readAt = Date.now();
    if (this.isQueued && this.#readers === 0 && this.#readAt > this.#expectedUntil) this.drop();
  }

  /** A reader was told to come again. */
  expectReader(): void {
    this.#expectedUntil = Date.now() + COMES_AGAIN_MS;
  }

  get state(): ShapeState {
    return this.#state;
  }

  /** Its last chunk is there. */
  get snapshotComplete(): boolean {
    return this.#snapshotComplete;
  }

  /** Whether a reader that stands at an offset has something to do. */
  hasNews(at: LogOffset): boolean {
    return this.#state === 'dropped' || compareOffsets(this.log.lastOffset, at) > 0;
  }

  /** From now on it takes transactions in. */
  join(bounds: SnapshotBounds): void {
    this.#join = { bounds, lsn: null };
  }

  completeSnapshot(): void {
    this.#snapshotComplete = true;
    this.changed.wake();
  }

  /** @param lsn transactions past it are not in the snapshot. @throws Error when it has not joined. */
  settle(lsn: bigint): Join {
    if (!this.#join) throw new Error(`the shape ${this.handle} has not joined the log`);
    this.#join = { ...this.#join, lsn };
    return this.#join;
  }

  setReady(): void {
    if (this.#state === 'filling') this.#state = 'ready';
    this.changed.wake();
  }

  /** Takes in a change of its table. Drops the shape when the log no longer describes that table. */
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
      this.#held = message;
    }
  }

  /** Its table's rows can no longer be told from the log. */
  lose(transaction: Transaction): void {
    if (this.#takes(transaction)) this.drop();
  }

  commit(transaction: Transaction): void {
    if (this.#transaction !== transaction || !this.#held) return;
    this.#write(transaction, true);
    this.log.commit(transaction.lsn);
    this.changed.wake();
  }

  /** The open transaction will come again, from its beginning. */
  rollback(): void {
    this.#transaction = null;
    this.#held = null;
    if (this.#state !== 'dropped') this.log.rollback();
  }

  drop(failure: Error | null = null): void {
    if (this.#state === 'dropped') return;
    this.#state = 'dropped';
    this.failure = failure;
    this.#held = null;
    this.changed.wake();
  }

  #write(transaction: Transaction, last: boolean): void {
    if (!this.#held) return;
    const context = { relation: this.#relationText, lsn: transaction.lsn, xid: transaction.xid };
    this.log.append(changeMessage(this.#held, context, last), this.#held.position);
    this.#held = null;
  }

  #takes(transaction: Transaction): boolean {
    if (this.#transaction !== transaction) {
      this.#transaction = transaction;
      this.#held = null;
      this.#taken = this.#join !== null && !this.#has(transaction, this.#join);
    }
    return this.#taken && this.#state !== 'dropped';
  }

  /** Whether the transaction is in the snapshot, or in the log because it comes a second time. */
  #has({ lsn, xid }: Transaction, join: Join): boolean {
    if (lsn <= this.log.lastOffset.lsn) return true;
    return (join.lsn === null || lsn <= join.lsn) && isVisible(join.bounds, xid);
  }
}
