/**
 * A model of a library under mutations and outside writes, in plain JavaScript. The mutators are checked against
 * this model, which shares no SQL with them.
 */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { fieldName, fieldValue, type LibraryState, type WatchedTable } from './library-state.ts';

/** A field and its value after a write; undefined when the field no longer exists. */
export type Written = readonly [field: string, value: string | undefined];

/** A recorded write by something other than a client. */
export interface OutsideWrite {
  readonly inserted?: readonly (readonly [field: string, value: string])[];
  readonly purged?: { readonly table: WatchedTable; readonly ids: readonly string[] };
  readonly tagged?: readonly (readonly [asset: string, tag: string])[];
}

type Values = Readonly<Record<string, unknown>>;

/** The values that a mutation sets in each of its rows. */
export interface Intent {
  readonly table: WatchedTable;
  readonly set: Values;
  /** Rows with other values than these are left alone. */
  readonly expect: Values;
  readonly creates: boolean;
}

const made = { deleted: false };
const defaults = {
  projects: { client: null, notes: null, tags: [], ...made },
  subjects: { dataset_directory: null, notes: null, tags: [], ...made },
  packages: { description: null, tags: [], subject_id: null, picked_up: false, ...made },
  saved_filters: made,
  corrections: { project_id: null, value: null, ...made },
  runs: { held: null, ended: false, ...made },
} as const;

/** Returns the intent of a mutation; null for one that changes the tags of assets. */
export function intentOf({ name, args }: Mutation): Intent | null {
  const [table, verb] = name.split('.') as [keyof typeof defaults | 'assets' | 'incoming', string];
  const plain = (set: Values): Intent => ({ table, set, expect: {}, creates: false });
  const guarded = (field: string, value: unknown): Intent => {
    const { expect } = args as { expect?: unknown };
    return { table, set: { [field]: value }, expect: expect === undefined ? {} : { [field]: expect }, creates: false };
  };
  if (name === 'assets.tag') return null;
  if (name === 'assets.review') return guarded('review_status', args.review_status);
  if (name === 'assets.retype') return guarded('asset_type', args.asset_type);
  if (name === 'assets.set_camera') return guarded('camera', args.camera);
  if (name === 'assets.move') return guarded('subject_id', args.subject_id);
  if (name === 'runs.hold') return guarded('held', args.held);
  if (name === 'incoming.decide') return guarded('decision', args.decision);
  if (verb === 'pick_up') return plain({ picked_up: (args as { picked_up: boolean }).picked_up });
  if (verb === 'delete' || verb === 'restore') return plain({ deleted: verb === 'delete' });
  const { set, expect = {} } = args as { set: Values; expect?: Values };
  if (verb === 'edit') return { table, set, expect, creates: false };
  return { table, set: { ...defaults[table as keyof typeof defaults], ...set }, expect: {}, creates: true };
}

export class LibraryModel {
  /** The number of rows that an undo or redo left alone because another user had changed them. */
  leftAlone = 0;
  readonly #state: Map<string, string>;

  constructor(state: LibraryState) {
    this.#state = new Map(state);
  }

  get state(): LibraryState {
    return this.#state;
  }

  has(table: WatchedTable, id: string): boolean {
    return this.#state.has(fieldName(table, id, 'deleted'));
  }

  value(table: WatchedTable, id: string, field: string): unknown {
    return JSON.parse(this.#state.get(fieldName(table, id, field)) ?? 'null');
  }

  /**
   * @param takesBack the mutation that an undo or redo reverts. Rows with other values than that mutation left
   *   must stay unchanged, whatever the reverting mutation expects.
   * @returns all fields that the mutation covers, with their values after it.
   */
  apply(mutation: Mutation, takesBack: Mutation | null): Written[] {
    const intent = intentOf(mutation);
    if (mutation.name === 'assets.tag') return mutation.args.ids.flatMap((id) => this.#tag(id, mutation.args));
    if (intent === null) return [];
    const before = takesBack && GUARDED.test(takesBack.name) ? intentOf(takesBack)?.set : null;
    const expect = before ?? intent.expect;
    return mutation.args.ids.flatMap((id) => {
      const isThere = this.has(intent.table, id);
      const differs = Object.entries(expect).some(
        ([field, value]) => !same(this.value(intent.table, id, field), value),
      );
      if (isThere && differs && before) this.leftAlone++;
      const stays = isThere === intent.creates || differs || !this.#allows(mutation, id);
      return Object.entries(this.#setBy(mutation, intent)).map(([field, value]): Written => {
        const name = fieldName(intent.table, id, field);
        if (!stays) this.#state.set(name, fieldValue(value));
        return [name, this.#state.get(name)];
      });
    });
  }

  applyOutside({ inserted = [], purged, tagged = [] }: OutsideWrite): Written[] {
    for (const [field, value] of inserted) this.#state.set(field, value);
    const tags = tagged
      .filter(([asset]) => this.has('assets', asset))
      .map(([asset, tag]): Written => [fieldName('asset_tags', asset, tag), 'true']);
    for (const [field] of tags) this.#state.set(field, 'true');
    return [...inserted, ...tags, ...(purged?.ids.flatMap((id) => this.#purge(purged.table, id)) ?? [])];
  }

  /** Sets a field to its actual value, as the order of concurrent writers is not known. */
  accept(field: string, value: string | undefined): void {
    if (value === undefined) this.#state.delete(field);
    else this.#state.set(field, value);
  }

  #tag(id: string, { add, remove }: { add: readonly string[]; remove: readonly string[] }): Written[] {
    for (const tag of this.has('assets', id) ? add : []) this.#state.set(fieldName('asset_tags', id, tag), 'true');
    for (const tag of remove) this.#state.delete(fieldName('asset_tags', id, tag));
    return [...add, ...remove].map((tag) => {
      const name = fieldName('asset_tags', id, tag);
      return [name, this.#state.get(name)];
    });
  }

  /** Returns true when the row in its current state permits the mutation. */
  #allows(mutation: Mutation, id: string): boolean {
    if (mutation.name === 'assets.move') return this.#canMove(id, mutation.args.subject_id);
    if (mutation.name === 'runs.hold') return this.value('runs', id, 'ended') === false;
    return mutation.name !== 'incoming.decide' || this.value('incoming', id, 'package_id') === null;
  }

  /** Returns the values to set. A run belongs to its package's project, whatever the client sent. */
  #setBy(mutation: Mutation, { set }: Intent): Values {
    if (mutation.name !== 'runs.create') return set;
    return { ...set, project_id: this.value('packages', mutation.args.set.package_id, 'project_id') };
  }

  #canMove(asset: string, subject: string | null): boolean {
    if (subject === null) return true;
    return same(this.value('subjects', subject, 'project_id'), this.value('assets', asset, 'project_id'));
  }

  /** Removes a row with all rows that belong to it. */
  #purge(table: WatchedTable, id: string): Written[] {
    const written: Written[] = [];
    for (const field of [...this.#state.keys()]) {
      const [of, row] = field.split(' ', 2);
      if (row === id && (of === table || (of === 'asset_tags' && table === 'assets'))) {
        this.#state.delete(field);
        written.push([field, undefined]);
      }
    }
    const reference = { projects: 'project_id', packages: 'package_id', subjects: 'subject_id' }[table as string];
    if (reference === undefined) return written;
    for (const [field, value] of [...this.#state]) {
      const [of, row = '', column] = field.split(' ', 3);
      if (column !== reference || value !== JSON.stringify(id)) continue;
      if (reference !== 'subject_id' && of !== 'incoming') written.push(...this.#purge(of as WatchedTable, row));
      else {
        this.#state.set(field, 'null');
        written.push([field, 'null']);
      }
    }
    return written;
  }
}

/** Mutations whose undo leaves rows alone that another user has changed since. */
const GUARDED = /\.(edit|review|retype|set_camera|move|hold|decide)$/;

function same(one: unknown, other: unknown): boolean {
  return fieldValue(one) === fieldValue(other);
}
