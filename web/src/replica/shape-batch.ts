/** What one shape brought, as it is applied: whole transactions of the server, or rows of a snapshot. */
import { isChangeMessage, type Message, type Offset, type Row } from '@electric-sql/client';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/shapes.ts';
import type { RowChange, TextRow } from './fold-changes.ts';

export interface ArrivedChange extends RowChange {
  /** The WAL position of the transaction that made it; null: a row of a snapshot. */
  readonly lsn: bigint | null;
}

export interface ShapeBatch {
  readonly reference: ShapeReference;
  readonly changes: readonly ArrivedChange[];
  /** Where the shape's log is to be read on from once this is applied. */
  readonly offset: Offset;
  readonly handle: string;
  /** When the shape is up to date with it: the WAL position that the server had seen; null: more follows. */
  readonly upToDateLsn: bigint | null;
}

export interface BatchCollector {
  /** @returns what can be applied now; null when the rest of a transaction is still to come. */
  add(messages: readonly Message<Row>[], position: { offset: Offset; handle: string }): ShapeBatch | null;
  /** Forgets what was held back: the server asked to fetch the shape again. */
  reset(): void;
}

/**
 * Holds changes back until their transaction is whole: a response may end in the middle of one, and
 * the change that ends it is marked `last`. Rows of a snapshot pass as they come.
 */
export function collectBatches(reference: ShapeReference): BatchCollector {
  let held: ArrivedChange[] = [];
  return {
    add(messages, { offset, handle }) {
      let upToDateLsn: bigint | null = null;
      let whole = true;
      for (const message of messages) {
        if (isChangeMessage(message)) {
          const change = arrivedChange(message);
          held.push(change);
          whole = change.lsn === null || message.headers['last'] === true;
        } else if ('control' in message.headers && message.headers.control === 'up-to-date') {
          upToDateLsn = BigInt(String(message.headers['global_last_seen_lsn'] ?? 0));
          whole = true;
        }
      }
      if (!whole) return null;
      const changes = held;
      held = [];
      return { reference, changes, offset, handle, upToDateLsn };
    },
    reset() {
      held = [];
    },
  };
}

/** Of all that the batch carries; null for rows of a snapshot that is not complete. */
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
