/**
 * A mutation's effect on the rows, as SQL that runs unchanged on central Postgres and on a replica. A
 * mutator is a pure function of rows and arguments, so it can be replayed: the replica applies it at
 * once, and again on top of newer server rows until the mutation is confirmed.
 */
import type { MutationArgs, MutationCall, MutationName } from './mutations.ts';

/** One SQL statement with its `$n` parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Tables that mutations write, each with the column that holds a mutation's `ids`. */
export const mutableTables = {
  assets: 'id',
  asset_tags: 'asset_id',
  projects: 'id',
  subjects: 'id',
  packages: 'id',
  saved_filters: 'id',
  corrections: 'id',
  runs: 'id',
  incoming: 'id',
} as const;
export type MutableTable = keyof typeof mutableTables;

/** A row returned by a mutator's statement: the changed rows that had the same former values. */
export interface ChangeRow {
  /** The changed columns with their former values; null when the row did not exist. */
  readonly former: Readonly<Record<string, unknown>> | null;
  /** The ids of those rows as concatenated uuids: as separate rows, ten thousand cost more than the change itself. */
  readonly ids: string;
}

export interface Mutator<Name extends MutationName> {
  /** The only table that the mutator writes. */
  readonly table: MutableTable;
  /** Whether the mutation creates the rows that it names; otherwise they must exist. */
  readonly creates: boolean;
  /** The columns that the mutation sets in existing rows; null when it inserts or deletes rows. */
  columns(args: MutationArgs<Name>): readonly string[] | null;
  /**
   * Returns the statement that applies the mutation. It skips unchanged rows and returns {@link ChangeRow}s.
   *
   * @param ids a subset of `args.ids`: a replay touches only the rows that were rewound.
   */
  statement(args: MutationArgs<Name>, ids: readonly string[]): Statement;
  /** Returns the mutation that undoes one group of changes, except where someone else has changed the rows since. */
  inverse(args: MutationArgs<Name>, former: ChangeRow['former'], ids: string[]): MutationCall;
}

const UUID_LENGTH = 36;

/** Reads {@link ChangeRow.ids}. */
export function unpackIds(packed: string): string[] {
  const ids: string[] = [];
  for (let start = 0; start < packed.length; start += UUID_LENGTH) ids.push(packed.slice(start, start + UUID_LENGTH));
  return ids;
}
