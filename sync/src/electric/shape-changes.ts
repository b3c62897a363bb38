/** What a transaction means to one shape. Pure: row changes in, messages out. */
import { type ChangeMessage, changeMessage, rowKey, type Values } from './messages.ts';
import type { LogOffset } from './offset.ts';
import type { Relation } from './pgoutput.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import type { Row, RowChange, Transaction } from './transaction.ts';

export interface ShapeTransaction {
  /** Of its last message. */
  readonly offset: LogOffset;
  /** JSON texts with commas between them. */
  readonly messages: string;
}

/** @returns null when nothing of the transaction concerns the shape. */
export function shapeTransaction(definition: ShapeDefinition, transaction: Transaction): ShapeTransaction | null {
  const drafts: ChangeMessage[] = [];
  let reader: RowReader | null = null;
  for (const change of transaction.changes) {
    if (change.relation.oid !== definition.table.oid) continue;
    if (reader?.relation !== change.relation) reader = new RowReader(definition, change.relation);
    drafts.push(...shapeChange(definition, reader, change));
  }
  const last = drafts.at(-1);
  if (!last) return null;
  const { schema, name: table } = definition.table;
  const context = { schema, table, lsn: transaction.lsn, xid: transaction.xid };
  return {
    offset: { lsn: transaction.lsn, op: last.position },
    messages: drafts.map((draft) => changeMessage(draft, context, draft === last)).join(','),
  };
}

function shapeChange(definition: ShapeDefinition, reader: RowReader, change: RowChange): ChangeMessage[] {
  const { position } = change;
  const old = change.old && reader.belongs(change.old) ? change.old : null;
  const row = change.new && reader.belongs(change.new) ? change.new : null;
  const full = definition.replica === 'full';
  const gone = (from: Row) => (full ? reader.columns(from) : reader.keyColumns(from));

  if (row === null) {
    if (old === null) return [];
    return [{ operation: 'delete', key: reader.key(old), value: gone(old), position }];
  }
  if (old === null) return [{ operation: 'insert', key: reader.key(row), value: reader.columns(row), position }];

  const key = reader.key(row);
  const oldKey = reader.key(old);
  if (key !== oldKey)
    return [
      { operation: 'delete', key: oldKey, value: gone(old), keyChange: { to: key }, position },
      { operation: 'insert', key, value: reader.columns(row), keyChange: { from: oldKey }, position: position + 1 },
    ];

  const changed = reader.changedColumns(old, row);
  if (changed.length === 0) return [];
  if (full)
    return [{ operation: 'update', key, value: reader.columns(row), oldValue: reader.pick(old, changed), position }];
  return [{ operation: 'update', key, value: reader.pick(row, [...definition.key, ...changed].toSorted()), position }];
}

/** Reads rows of a relation by the columns of a shape. */
class RowReader {
  readonly relation: Relation;
  readonly #definition: ShapeDefinition;
  readonly #places: ReadonlyMap<string, number>;

  constructor(definition: ShapeDefinition, relation: Relation) {
    this.#definition = definition;
    this.relation = relation;
    this.#places = new Map(relation.columns.map((column, index) => [column.name, index]));
  }

  #value(row: Row, column: string): string | null {
    return row[this.#places.get(column) ?? -1] ?? null;
  }

  belongs(row: Row): boolean {
    return this.#definition.where.every(({ column, value }) => this.#value(row, column) === value);
  }

  key(row: Row): string {
    const { keyPrefix, key } = this.#definition;
    return rowKey(
      keyPrefix,
      key.map((column) => this.#value(row, column)),
    );
  }

  pick(row: Row, columns: readonly string[]): Values {
    const values: Record<string, string | null> = {};
    for (const column of columns) values[column] = this.#value(row, column);
    return values;
  }

  columns(row: Row): Values {
    return this.pick(row, this.#definition.columns);
  }

  keyColumns(row: Row): Values {
    return this.pick(row, this.#definition.key);
  }

  changedColumns(old: Row, row: Row): string[] {
    return this.#definition.columns.filter((column) => this.#value(old, column) !== this.#value(row, column));
  }
}
