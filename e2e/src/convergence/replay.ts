/** Replays what was committed since the last time, in the order of the commits, on the model. */
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import type { Sql } from 'postgres';
import type { ServerHistory } from './client-record.ts';
import { intentOf, type LibraryModel, type OutsideWrite, type Written } from './model.ts';

/** A mutation as the server keeps it. */
export interface StoredMutation {
  readonly id: string;
  readonly client: string;
  readonly name: string;
  readonly args: unknown;
  readonly status: 'applied' | 'rejected';
  readonly error_code: string | null;
  readonly error_message: string | null;
}

type Committed = { began: string; committed: string } & (
  | { mutation: StoredMutation; outside: null }
  | { mutation: null; outside: OutsideWrite }
);

export interface Replayed extends ServerHistory {
  readonly mutations: readonly StoredMutation[];
  /** A sentence for each thing that the server should have done otherwise. */
  readonly wrong: readonly string[];
}

/**
 * The commit time orders what waits for each other's locks: it is taken before they are let go.
 *
 * @param since microseconds since 1970; what was committed until then was replayed before.
 */
async function readCommitted(sql: Sql, since: string): Promise<Committed[]> {
  return sql<Committed[]>`
    SELECT * FROM (
      SELECT microseconds(created_at) AS began, microseconds(pg_xact_commit_timestamp(xmin)) AS committed,
        to_jsonb(mutations) AS mutation, NULL::jsonb AS outside
      FROM mutations
      UNION ALL
      SELECT microseconds(began), microseconds(pg_xact_commit_timestamp(xmin)), NULL, what FROM outside_writes
    ) AS everything
    WHERE committed > ${since}
    ORDER BY committed`;
}

export async function createClock(sql: Sql): Promise<void> {
  await sql.unsafe(`CREATE FUNCTION microseconds(moment timestamptz) RETURNS bigint LANGUAGE sql
    AS 'SELECT (extract(epoch FROM moment) * 1000000)::bigint'`);
}

export class Replay {
  readonly #sql: Sql;
  readonly #model: LibraryModel;
  #since = '0';

  constructor(sql: Sql, model: LibraryModel) {
    this.#sql = sql;
    this.#model = model;
  }

  /** @param takesBack what a mutation takes back, by its id. */
  async run(takesBack: ReadonlyMap<string, Mutation>): Promise<Replayed> {
    const model = this.#model;
    const before = new Map(model.state);
    const names = new NameHolders(before);
    const written = new Map<string, { at: number; value: string | undefined }[]>();
    const applied = new Map<string, number>();
    const mutations: StoredMutation[] = [];
    const wrong: string[] = [];
    const tagged = new Map<string, { committed: bigint; value: string | undefined }>();
    const contested = new Set<string>();
    const everything = await readCommitted(this.#sql, this.#since);
    for (const [at, one] of everything.entries()) {
      this.#since = one.committed;
      if (one.mutation) mutations.push(one.mutation);
      if (one.mutation?.status === 'rejected') {
        const why = names.refusalIsRight(one.mutation, model);
        if (!why) wrong.push(`${describe(one.mutation)} was refused without a reason: ${one.mutation.error_message}`);
        continue;
      }
      if (one.mutation) applied.set(one.mutation.id, at);
      const writes: Written[] = one.mutation
        ? model.apply(one.mutation as unknown as Mutation, takesBack.get(one.mutation.id) ?? null)
        : model.applyOutside(one.outside);
      for (const [field, value] of writes) {
        written.set(field, [...(written.get(field) ?? []), { at, value }]);
        if (!field.startsWith('asset_tags ')) continue;
        const last = tagged.get(field);
        if (last && last.value !== value && BigInt(one.began) <= last.committed) contested.add(field);
        else contested.delete(field);
        tagged.set(field, { committed: BigInt(one.committed), value });
      }
      const twice = names.take(writes);
      if (twice) wrong.push(`${one.mutation ? describe(one.mutation) : 'a write from outside'} made ${twice} twice`);
    }
    return { before, written, applied, contested, mutations, wrong };
  }
}

function describe({ name, id, args }: StoredMutation): string {
  return `${name} ${id} ${JSON.stringify(args)}`;
}

const UNIQUE =
  /^(projects|subjects|saved_filters) (\S+) (name|deleted|project_id)$|^(packages) (\S+) (source_path|project_id)$/;

/** Who holds the names that only one may have, and who held them since the last rest. */
class NameHolders {
  readonly #fields: Map<string, string>;
  /** Name -> the rows that ever had it. */
  readonly #ever = new Map<string, Set<string>>();
  /** Rows that came, went, were deleted or restored: what was refused may have been asked before that. */
  readonly #changing = new Set<string>();
  readonly #holders = new Map<string, string>();

  constructor(state: ReadonlyMap<string, string>) {
    this.#fields = new Map();
    this.take([...state]);
    this.#changing.clear();
  }

  /** @returns the name that two rows have now. */
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

  /** The name that no other row of its kind may have; null: it holds none. */
  #nameOf(row: string, changed: Readonly<Record<string, unknown>> = {}): string | null {
    const [table = ''] = row.split(' ', 1);
    if (!this.#fields.has(`${row} deleted`) && !('deleted' in changed)) return null;
    const read = (field: string): unknown =>
      field in changed ? changed[field] : JSON.parse(this.#fields.get(`${row} ${field}`) ?? 'null');
    if (table === 'packages') return `package ${read('project_id')} ${read('source_path')}`;
    if (read('deleted') !== false) return null;
    return `${table} ${table === 'subjects' ? read('project_id') : ''} ${String(read('name')).toLowerCase()}`;
  }

  refusalIsRight(stored: StoredMutation, model: LibraryModel): boolean {
    const mutation = stored as unknown as Mutation;
    const intent = intentOf(mutation);
    const { ids } = mutation.args;
    if (stored.error_code === 'not_found') {
      const named = [
        ...ids.map((id) => [intent?.creates ? null : (intent?.table ?? 'assets'), id] as const),
        ...references(intent?.set),
      ];
      return named.some(([table, id]) => table !== null && (!model.has(table, id) || this.#changing.has(id)));
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

function references(set: Readonly<Record<string, unknown>> = {}): (readonly ['projects' | 'subjects', string])[] {
  const { project_id, subject_id } = set;
  return [
    ...(typeof project_id === 'string' ? [['projects', project_id] as const] : []),
    ...(typeof subject_id === 'string' ? [['subjects', subject_id] as const] : []),
  ];
}
