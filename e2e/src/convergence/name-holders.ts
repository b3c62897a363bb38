/** Tracks which rows hold unique names, now and since the last rest, to check whether a rejection was right. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { intentOf, type LibraryModel, type Written } from './model.ts';

/** A mutation as the server stores it. */
export interface StoredMutation {
  readonly id: string;
  readonly client: string;
  readonly name: string;
  readonly args: unknown;
  readonly status: 'applied' | 'rejected';
  readonly error_code: string | null;
  readonly error_message: string | null;
}

const UNIQUE = /^(projects|subjects|packages|saved_filters) .* (name|deleted|project_id|source_path)$/;

export class NameHolders {
  readonly #fields: Map<string, string>;
  /** Name -> the rows that have held it since the last rest. */
  readonly #ever = new Map<string, Set<string>>();
  /** Rows that were added, removed, deleted or restored: a rejected mutation may have been made before that. */
  readonly #changing = new Set<string>();
  readonly #holders = new Map<string, string>();

  constructor(state: ReadonlyMap<string, string>) {
    this.#fields = new Map();
    this.take([...state]);
    this.#changing.clear();
  }

  /** @returns a name that two rows hold now; null when there is none. */
  take(writes: readonly Written[]): string | null {
    const rows = new Set<string>();
    for (const [field, value] of writes) {
      const [table = '', id = ''] = field.split(' ', 2);
      if (field.endsWith(' deleted') && value !== this.#fields.get(field)) this.#changing.add(id);
      if (value === undefined) this.#fields.delete(field);
      else this.#fields.set(field, value);
      if (UNIQUE.test(field)) rows.add(`${table} ${id}`);
    }
    for (const row of rows) {
      for (const [name, holder] of this.#holders) if (holder === row) this.#holders.delete(name);
    }
    for (const row of rows) {
      const name = this.#nameOf(row);
      if (name === null) continue;
      const holder = this.#holders.get(name);
      if (holder !== undefined && holder !== row) return name;
      this.#holders.set(name, row);
      this.#ever.set(name, (this.#ever.get(name) ?? new Set()).add(row));
    }
    return null;
  }

  /** Returns the unique name that the row holds; null when it holds none. */
  #nameOf(row: string, changed: Readonly<Record<string, unknown>> = {}): string | null {
    const [table = ''] = row.split(' ', 1);
    if (!this.#fields.has(`${row} deleted`) && !('deleted' in changed)) return null;
    const read = (field: string): unknown =>
      field in changed ? changed[field] : JSON.parse(this.#fields.get(`${row} ${field}`) ?? 'null');
    if (table === 'packages') return `package ${read('project_id')} ${read('source_path')}`;
    if (read('deleted') !== false) return null;
    return `${table} ${table === 'subjects' ? read('project_id') : ''} ${String(read('name')).toLowerCase()}`;
  }

  /** Returns true when a named row was missing, or the name was taken, at some moment since the last rest. */
  refusalIsRight(stored: StoredMutation, model: LibraryModel): boolean {
    const mutation = stored as unknown as Mutation;
    const intent = intentOf(mutation);
    const { ids } = mutation.args;
    if (stored.error_code === 'not_found') {
      const named = [
        ...ids.map((id) => [intent?.creates ? null : (intent?.table ?? 'assets'), id] as const),
        ...references(intent?.set),
      ];
      const isGone = named.some(([table, id]) => table !== null && (!model.has(table, id) || this.#changing.has(id)));
      return isGone || isOfAnotherProject(mutation, model);
    }
    if (stored.error_code !== 'conflict' || intent === null) return false;
    const wanted = ids.map((id) =>
      this.#nameOf(`${intent.table} ${id}`, { ...intent.set, ...(this.#changing.has(id) && { deleted: false }) }),
    );
    return ids.some((id, index) => {
      const name = wanted[index] ?? null;
      const isOther = (row: string) => row !== `${intent.table} ${id}`;
      return name !== null && (wanted.indexOf(name) !== index || [...(this.#ever.get(name) ?? [])].some(isOther));
    });
  }
}

/** Returns true when the mutation names a subject of another project than one of its rows. */
function isOfAnotherProject(mutation: Mutation, model: LibraryModel): boolean {
  const intent = intentOf(mutation);
  const { subject_id: subject, project_id: project } = intent?.set ?? {};
  if (intent === null || typeof subject !== 'string') return false;
  const own = model.value('subjects', subject, 'project_id');
  if (intent.creates) return project !== own;
  return mutation.args.ids.some((id) => model.value(intent.table, id, 'project_id') !== own);
}

function references(
  set: Readonly<Record<string, unknown>> = {},
): (readonly ['projects' | 'subjects' | 'packages', string])[] {
  const { project_id, subject_id, package_id } = set;
  return [
    ...(typeof project_id === 'string' ? [['projects', project_id] as const] : []),
    ...(typeof subject_id === 'string' ? [['subjects', subject_id] as const] : []),
    ...(typeof package_id === 'string' ? [['packages', package_id] as const] : []),
  ];
}
