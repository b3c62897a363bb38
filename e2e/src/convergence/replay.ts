/** Replays on the model everything committed since the last replay, in commit order. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import type { Sql } from 'postgres';
import type { ServerHistory } from './client-record.ts';
import type { LibraryModel, OutsideWrite, Written } from './model.ts';
import { NameHolders, type StoredMutation } from './name-holders.ts';

type Committed = { began: string; committed: string } & (
  | { mutation: StoredMutation; outside: null }
  | { mutation: null; outside: OutsideWrite }
);

export interface Replayed extends ServerHistory {
  readonly mutations: readonly StoredMutation[];
  /** A sentence for each violation by the server. */
  readonly wrong: readonly string[];
}

/**
 * Reads commits in the order of their commit time. This orders transactions that wait for each other's locks, as the
 * time is taken before the locks are released.
 *
 * @param since microseconds since 1970; earlier commits have been replayed already.
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

  /** @param takesBack the mutation that an undo or redo reverts, by the id of the reverting mutation. */
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
        const isRight = names.refusalIsRight(one.mutation, model);
        if (!isRight)
          wrong.push(`${describe(one.mutation)} was rejected without a reason: ${one.mutation.error_message}`);
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
      if (twice)
        wrong.push(`${one.mutation ? describe(one.mutation) : 'an outside write'} gave the name ${twice} to two rows`);
    }
    return { before, written, applied, contested, mutations, wrong };
  }
}

function describe({ name, id, args }: StoredMutation): string {
  return `${name} ${id} ${JSON.stringify(args)}`;
}
