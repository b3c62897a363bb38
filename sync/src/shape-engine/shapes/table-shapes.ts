/** The shapes of one table, indexed so that a row change visits only the shapes it may concern. */
import type { Relation } from '../postgres/pgoutput.ts';
import type { RowChange } from '../postgres/transaction.ts';
import { requiredEquality } from '../where/required-equality.ts';
import type { Shape } from './shape.ts';

export class TableShapes {
  readonly all = new Set<Shape>();
  /** Shapes whose where requires `column = constant`, by column and constant. */
  readonly #byValue = new Map<string, Map<string, Set<Shape>>>();
  readonly #others = new Set<Shape>();
  /** The log's latest description of the table. */
  #relation: Relation | null = null;
  #indexed: readonly { readonly index: number; readonly shapes: ReadonlyMap<string, ReadonlySet<Shape>> }[] | null =
    null;

  add(shape: Shape): void {
    this.all.add(shape);
    this.#home(shape).add(shape);
    this.#indexed = null;
  }

  delete(shape: Shape): void {
    this.all.delete(shape);
    this.#home(shape).delete(shape);
  }

  /** Returns the shapes that the change may concern; all of them when the log's description of the table changes. */
  concernedBy({ relation, old, new: row }: RowChange): Iterable<Shape> {
    if (relation !== this.#relation) {
      this.#relation = relation;
      this.#indexed = null;
      return this.all;
    }
    this.#indexed ??= this.#findIndexes(relation);
    if (!this.#indexed) return this.all;
    const concerned = new Set(this.#others);
    for (const { index, shapes } of this.#indexed) {
      for (const value of [old?.value(index), row?.value(index)]) {
        if (typeof value === 'string') for (const shape of shapes.get(value) ?? []) concerned.add(shape);
      }
    }
    return concerned;
  }

  #home(shape: Shape): Set<Shape> {
    const equality = requiredEquality(shape.definition.where);
    if (!equality) return this.#others;
    const ofColumn = this.#byValue.get(equality.column) ?? new Map<string, Set<Shape>>();
    this.#byValue.set(equality.column, ofColumn);
    const home = ofColumn.get(equality.constant) ?? new Set();
    ofColumn.set(equality.constant, home);
    return home;
  }

  /** @returns null when the log lacks an indexed column. */
  #findIndexes(relation: Relation) {
    const indexed = [...this.#byValue].map(([column, shapes]) => ({
      index: relation.columns.findIndex(({ name }) => name === column),
      shapes,
    }));
    return indexed.some(({ index }) => index < 0) ? null : indexed;
  }
}
