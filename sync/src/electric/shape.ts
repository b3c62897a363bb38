/**
 * One shape at work: a snapshot joined with the transactions of the log that it does not hold.
 *
 * It listens to the log from before its snapshot is taken. What arrives until the snapshot's bounds are
 * known is kept; then transactions that the snapshot sees are skipped, all others appended.
 */
import { Condition } from '../condition.ts';
import type { SnapshotBounds } from './messages.ts';
import { shapeTransaction } from './shape-changes.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import type { ShapeLog } from './shape-log.ts';
import { isSameTable } from './table.ts';
import type { Transaction } from './transaction.ts';
import { isVisible } from './visibility.ts';

export type ShapeState =
  /** Its snapshot is being taken. */
  | 'filling'
  /** Snapshot and log are joined, up to the last transaction that the engine saw. */
  | 'ready'
  /** Of no use any more: readers fetch anew. */
  | 'dropped';

export class Shape {
  readonly handle: string;
  readonly definition: ShapeDefinition;
  readonly log: ShapeLog;
  /** Why it was dropped before it was ready; null when nothing failed. */
  failure: Error | null = null;
  /** `Date.now()` of the latest request. */
  readAt = Date.now();
  /** Requests under way. */
  readers = 0;
  /** Woken by everything that a reader may wait for. */
  readonly changed = new Condition();
  #state: ShapeState = 'filling';
  #snapshotComplete = false;
  #bounds: SnapshotBounds | null = null;
  #early: Transaction[] = [];

  constructor(handle: string, definition: ShapeDefinition, log: ShapeLog) {
    this.handle = handle;
    this.definition = definition;
    this.log = log;
  }

  get state(): ShapeState {
    return this.#state;
  }

  /** Its last chunk is there. */
  get snapshotComplete(): boolean {
    return this.#snapshotComplete;
  }

  /** Begins the join: what came before is sorted by the bounds, as is what comes after. */
  setBounds(bounds: SnapshotBounds): void {
    this.#bounds = bounds;
    const early = this.#early;
    this.#early = [];
    for (const transaction of early) this.apply(transaction);
  }

  addChunk(body: Buffer): void {
    if (this.#state === 'dropped') return;
    this.log.appendChunk(body);
    this.changed.wake();
  }

  completeSnapshot(): void {
    this.#snapshotComplete = true;
    this.changed.wake();
  }

  setReady(): void {
    if (this.#state === 'filling') this.#state = 'ready';
    this.changed.wake();
  }

  /** Takes in a transaction that touches its table. Drops the shape when the log no longer describes that table. */
  apply(transaction: Transaction): void {
    if (this.#state === 'dropped') return;
    if (this.#bounds === null) {
      this.#early.push(transaction);
      return;
    }
    if (isVisible(this.#bounds, transaction.xid)) return;
    const { table } = this.definition;
    const ends = [...transaction.truncated, ...transaction.unusable].some(({ oid }) => oid === table.oid);
    const altered = [...transaction.relations].some((it) => it.oid === table.oid && !isSameTable(table, it));
    if (ends || altered) {
      this.drop();
      return;
    }
    const result = shapeTransaction(this.definition, transaction);
    if (!result) return;
    this.log.append({ offset: result.offset, messages: Buffer.from(result.messages) });
    this.changed.wake();
  }

  drop(failure: Error | null = null): void {
    if (this.#state === 'dropped') return;
    this.#state = 'dropped';
    this.failure = failure;
    this.#early = [];
    this.changed.wake();
  }
}
