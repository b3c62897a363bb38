/** The rows of every table and shape as of one commit, advanced transaction by transaction. */
import type { CommittedTransaction } from './oracle.ts';
import { rowText, SHAPES, type SoakShape } from './shapes.ts';
import { type Row, rowKey, type SoakTable, TABLES } from './tables.ts';
import type { DecodedLine, DecodedRow } from './test-decoding.ts';

/** Row texts by the protocol's key. */
export type ShapeState = ReadonlyMap<string, string>;

/** Receives rows that enter or leave a shape; a changed key counts as both. */
export interface Membership {
  readonly shape: SoakShape;
  entered(key: string, transaction: CommittedTransaction): void;
  left(key: string, transaction: CommittedTransaction): void;
}

export class History {
  readonly #rows = new Map(TABLES.map((table) => [table, new Map<string, Row>()]));
  readonly #shapes = new Map(SHAPES.map((shape) => [shape.name, new Map<string, string>()]));

  /** Returns the shape's rows as of the last transaction. */
  state(shape: SoakShape): ShapeState {
    const state = this.#shapes.get(shape.name);
    if (!state) throw new RangeError(`unknown shape ${shape.name}`);
    return state;
  }

  apply(transaction: CommittedTransaction, listeners: readonly Membership[]): void {
    for (const change of transaction.changes) {
      for (const table of TABLES) {
        for (const [before, after] of this.#rowChanges(table, change)) {
          this.#move(table, before, after);
          for (const shape of SHAPES) {
            if (shape.table === table) this.#follow(shape, before, after, transaction, listeners);
          }
        }
      }
    }
  }

  /** Returns pairs of a row before and after the change. */
  #rowChanges(table: SoakTable, change: DecodedLine): [Row | null, Row | null][] {
    switch (change.kind) {
      case 'insert':
        return change.table === table.name ? [[null, change.row.values]] : [];
      case 'update': {
        if (change.table !== table.name) return [];
        const before = this.#find(table, change.old ?? change.row.values);
        return [[before, complete(change.row, before)]];
      }
      case 'delete':
        return change.table === table.name ? [[this.#find(table, change.old), null]] : [];
      case 'truncate':
        return change.tables.includes(table.name) ? [...this.#table(table).values()].map((row) => [row, null]) : [];
      default:
        return [];
    }
  }

  #table(table: SoakTable): Map<string, Row> {
    const rows = this.#rows.get(table);
    if (!rows) throw new RangeError(`unknown table ${table.name}`);
    return rows;
  }

  #find(table: SoakTable, identity: Row): Row {
    const row = this.#table(table).get(rowKey(table, identity));
    if (!row) throw new Error(`the log changes a row that does not exist: ${rowKey(table, identity)}`);
    return row;
  }

  #move(table: SoakTable, before: Row | null, after: Row | null): void {
    const rows = this.#table(table);
    if (before) rows.delete(rowKey(table, before));
    if (after) rows.set(rowKey(table, after), after);
  }

  #follow(
    shape: SoakShape,
    before: Row | null,
    after: Row | null,
    transaction: CommittedTransaction,
    listeners: readonly Membership[],
  ): void {
    const state = this.#shapes.get(shape.name);
    const oldKey = before && shape.matches(before) ? rowKey(shape.table, before) : null;
    const newKey = after && shape.matches(after) ? rowKey(shape.table, after) : null;
    if (oldKey !== null && oldKey !== newKey) {
      state?.delete(oldKey);
      for (const it of listeners) if (it.shape.name === shape.name) it.left(oldKey, transaction);
    }
    if (after && newKey !== null) {
      state?.set(newKey, rowText(shape, after));
      if (oldKey !== newKey)
        for (const it of listeners) if (it.shape.name === shape.name) it.entered(newKey, transaction);
    }
  }
}

function complete({ values, unchanged }: DecodedRow, before: Row): Row {
  return { ...values, ...Object.fromEntries(unchanged.map((column) => [column, before[column] ?? null])) };
}
