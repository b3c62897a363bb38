/** Effects of changed rows of one relation on one shape. Pure: turns a row change into messages. */

import type { Relation, Row } from '../postgres/pgoutput.ts';
import type { RowChange } from '../postgres/transaction.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { compileWhere } from '../where/compile-where.ts';
import { type ChangeMessage, rowKey } from '../wire/messages.ts';

/** A column of the shape in the relation's rows. */
interface MessageColumn {
  readonly index: number;
  /** `"name":`, as written in a message. */
  readonly label: string;
  readonly isKey: boolean;
}

export class ShapeChanges {
  readonly relation: Relation;
  readonly #full: boolean;
  readonly #keyPrefix: string;
  /** In key order. */
  readonly #keyIndexes: readonly number[];
  /** Sorted by name, like the values in messages. */
  readonly #columns: readonly MessageColumn[];
  readonly #keyColumns: readonly MessageColumn[];
  readonly #matches: (row: Row) => boolean;

  constructor(definition: ShapeDefinition, relation: Relation) {
    const indexes = new Map(relation.columns.map((column, index) => [column.name, index]));
    const indexOf = (column: string) => {
      const index = indexes.get(column);
      if (index === undefined) throw new RangeError(`the log has no column ${column}`);
      return index;
    };
    this.relation = relation;
    this.#full = definition.replica === 'full';
    this.#keyPrefix = definition.keyPrefix;
    this.#keyIndexes = definition.key.map(indexOf);
    this.#columns = definition.columns.map((name) => ({
      index: indexOf(name),
      label: `${JSON.stringify(name)}:`,
      isKey: definition.key.includes(name),
    }));
    this.#keyColumns = this.#columns.filter((column) => column.isKey);
    this.#matches = definition.where === null ? () => true : compileWhere(definition.where, indexOf);
  }

  /** Returns at most two messages, in the order in which readers must apply them. */
  messages(change: RowChange): ChangeMessage[] {
    const { position } = change;
    const old = change.old && this.#matches(change.old) ? change.old : null;
    const row = change.new && this.#matches(change.new) ? change.new : null;
    if (row === null) {
      if (old === null) return [];
      return [{ operation: 'delete', key: this.#key(old), value: this.#gone(old), position }];
    }
    const key = this.#key(row);
    if (old === null) return [{ operation: 'insert', key, value: values(row, this.#columns), position }];

    const changed = this.#columns.filter((column) => !row.hasSame(column.index, old));
    if (changed.length === 0) return [];
    if (changed.some((column) => column.isKey)) {
      const oldKey = this.#key(old);
      return [
        { operation: 'delete', key: oldKey, value: this.#gone(old), keyChange: { to: key }, position },
        {
          operation: 'insert',
          key,
          value: values(row, this.#columns),
          keyChange: { from: oldKey },
          position: position + 1,
        },
      ];
    }
    if (this.#full)
      return [
        { operation: 'update', key, value: values(row, this.#columns), oldValue: values(old, changed), position },
      ];
    const reported = this.#columns.filter((column) => column.isKey || changed.includes(column));
    return [{ operation: 'update', key, value: values(row, reported), position }];
  }

  /** Returns the values that a delete reports. */
  #gone(row: Row): string {
    return values(row, this.#full ? this.#columns : this.#keyColumns);
  }

  #key(row: Row): string {
    return rowKey(
      this.#keyPrefix,
      this.#keyIndexes.map((index) => row.value(index)),
    );
  }
}

function values(row: Row, columns: readonly MessageColumn[]): string {
  let text = '{';
  for (const { index, label } of columns) {
    const value = row.value(index);
    text += `${text.length > 1 ? ',' : ''}${label}${value === null ? 'null' : JSON.stringify(value)}`;
  }
  return `${text}}`;
}
