/** The state of a form that creates or edits a named row; `FormDialog` shows it, and saves it once at a time. */
import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { createMemo } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import type { UniqueName } from '../../queries/taken-names.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { type EntityTable, entityNouns } from './delete-entity.ts';
import { asOpened, changedFields, fieldProblems } from './entity-fields.ts';

interface NamedRow {
  readonly id: string;
  readonly name: string;
}

export interface EntityFormOptions<Row extends NamedRow, Typed extends object> {
  readonly table: EntityTable;
  /** Null creates a new row. */
  readonly row: Row | null;
  /** Returns what the fields hold at first. @param former the row as opened. */
  readonly initial: (former: Row | null) => Typed;
  /** Returns the columns that an edit may set. */
  readonly values: (typed: Typed) => Partial<Row>;
  /** Returns what only a creation sets. */
  readonly onlyNew: (typed: Typed) => object;
  /** Returns what no other row may have; null when there is nothing to check. */
  readonly unique: (typed: Typed) => UniqueName | null;
  /** The undo label of a creation, before the name: 'Create project'. */
  readonly createLabel?: string;
  readonly onCreated?: (created: NamedRow) => void;
}

export interface EntityForm<Row, Typed> {
  readonly table: EntityTable;
  /** The row as opened; null in a form for a new one. */
  readonly former: Row | null;
  readonly typed: Typed;
  type(change: Partial<Typed>): void;
  /** Describes what is wrong with a column's value; null when nothing is. @param words replace those of the schema. */
  problem(column: string, words?: string): string | null;
  /** Whether any value has a problem. */
  blocked(): boolean;
  save(): Promise<void>;
}

export function createEntityForm<Row extends NamedRow, Typed extends object>(
  options: EntityFormOptions<Row, Typed>,
): EntityForm<Row, Typed> {
  const { replica } = useReplica();
  const { table } = options;
  const noun = entityNouns[table];
  const [create, edit] = [`${table}.create`, `${table}.edit`] as const;
  const former = asOpened(options.row);
  const [typed, setTyped] = createStore<Typed>(options.initial(former));
  const values = () => options.values(typed);
  const args = () => ({ ids: [former?.id ?? uuid()], set: { ...values(), ...options.onlyNew(typed) } });
  const problems = createMemo(() => fieldProblems(mutationArgs[create].safeParse(args())));
  const taken = createNameCheck(
    replica,
    () => options.unique(typed),
    () => former?.id ?? null,
  );
  const uniqueColumn = table === 'packages' ? 'source_path' : 'name';

  return {
    table,
    former,
    typed,
    type: (change) => setTyped((before) => ({ ...before, ...change })),
    problem(column, words) {
      const problem = problems().get(column);
      return (column === uniqueColumn ? taken() : null) ?? (problem && words) ?? problem ?? null;
    },
    blocked: () => problems().size > 0 || taken() !== null,
    async save() {
      if (former === null) {
        const made = mutationArgs[create].parse(args());
        const { name } = made.set;
        await replica.mutate(create, made, { label: `${options.createLabel ?? `Create ${noun}`} “${name}”` });
        options.onCreated?.({ id: made.ids[0], name });
        return;
      }
      const changed = changedFields<Partial<Row>>(values(), former);
      if (changed === null) return;
      const { name } = changed;
      const label =
        name === undefined ? `Edit ${noun} “${former.name}”` : `Rename ${noun} “${former.name}” to “${name}”`;
      await replica.mutate(edit, mutationArgs[edit].parse({ ids: [former.id], set: changed }), { label });
    },
  };
}
