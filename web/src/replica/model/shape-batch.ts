/** A shape's batch, the unit in which changes are applied: whole server transactions, or rows of a snapshot. */
import { isChangeMessage, type Message, type Offset, type Row } from '@electric-sql/client';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import type { RowChange, TextRow } from './fold-changes.ts';

export interface ArrivedChange extends RowChange {
  /** The WAL position of the transaction that made the change; null: a row of a snapshot. */
  readonly lsn: bigint | null;
}

export interface ShapeBatch {
  readonly reference: ShapeReference;
  readonly changes: readonly ArrivedChange[];
  /** The position in the shape's log to continue from once the batch is applied. */
  readonly offset: Offset;
  readonly handle: string;
  /** The WAL position that the server had reached if the batch completes the shape; null: more follows. */
  readonly upToDateLsn: bigint | null;
}

export interface BatchCollector {
  /** @returns a batch that can be applied now; null while the rest of a transaction is still to come. */
  add(messages: readonly Message<Row>[], position: { offset: Offset; handle: string }): ShapeBatch | null;
  /** Forgets the changes held back, because the server asked for a refetch of the shape. */
  reset(): void;
}

/**
 * Holds changes back until their transaction is complete: a response may end in the middle of a transaction,
 * whose last change is marked `last`. Rows of a snapshot pass as they arrive.
 */
export function collectBatches(reference: ShapeReference): BatchCollector {
  let gathered: ArrivedChange[] = [];
  return {
    add(messages, { offset, handle }) {
      let upToDateLsn: bigint | null = null;
      let whole = true;
      for (const message of messages) {
        if (isChangeMessage(message)) {
          const change = arrivedChange(message);
          gathered.push(change);
          whole = change.lsn === null || message.headers['last'] === true;
        } else if ('control' in message.headers && message.headers.control === 'up-to-date') {
          upToDateLsn = BigInt(String(message.headers['global_last_seen_lsn'] ?? 0));
          whole = true;
        }
      }
      if (!whole) return null;
      const changes = gathered;
      gathered = [];
      return { reference, changes, offset, handle, upToDateLsn };
    },
    reset() {
      gathered = [];
    },
  };
}

/** Returns the highest WAL position that the batch carries; null for rows of an incomplete snapshot. */
export function batchLsn(batch: ShapeBatch): bigint | null {
  let lsn = batch.upToDateLsn;
  for (const change of batch.changes) if (change.lsn !== null && (lsn === null || change.lsn > lsn)) lsn = change.lsn;
  return lsn;
}

export function referenceText(batch: ShapeBatch): string {
  return formatShapeReference(batch.reference);
}

function arrivedChange(message: Extract<Message<Row>, { key: string }>): ArrivedChange {
  const { lsn } = message.headers;
  return {
    key: message.key,
    operation: message.headers.operation,
    value: message.value as TextRow,
    lsn: lsn === undefined || lsn === null ? null : BigInt(String(lsn)),
  };
}
