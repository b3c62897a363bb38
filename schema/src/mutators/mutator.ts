/**
 * What a mutation does to the rows, as SQL that runs unchanged on central Postgres and on a replica. A
 * mutator is a pure function of rows and arguments, so it can be replayed: the replica applies it at
 * once, and again on top of newer server truth until it is confirmed.
 */
import type { MutationArgs, MutationCall, MutationName } from '../mutations.ts';

/** One SQL statement with its `$n` parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Tables that mutations write, and the column that says which of a mutation's `ids` a row belongs to. */
export const mutableTables = {
  assets: 'id',
  asset_tags: 'asset_id',
  projects: 'id',
  subjects: 'id',
  packages: 'id',
  saved_filters: 'id',
  runs: 'id',
  incoming: 'id',
} as const;
export type MutableTable = keyof typeof mutableTables;

/** A row that a mutator's statement returns: what it changed, by what that was before. */
export interface ChangeRow {
  /** The changed columns as they were; null: there was no row. */
  readonly former: Readonly<Record<string, unknown>> | null;
  /** The ids whose rows were so, as uuids end to end: as rows, ten thousand cost more than the change itself. */
  readonly ids: string;
}

export interface Mutator<Name extends MutationName> {
  /** The one table that it writes. */
  readonly table: MutableTable;
  /** Whether it makes the rows that it names; else they are there already. */
  readonly creates: boolean;
  /** The columns that it sets in rows that are there; null: rows come or go. */
  columns(args: MutationArgs<Name>): readonly string[] | null;
  /**
   * The statement that applies it: skips what it would not change, and returns {@link ChangeRow}s.
   *
   * @param ids some of `args.ids`: a replay touches only what was rewound.
   */
  statement(args: MutationArgs<Name>, ids: readonly string[]): Statement;
  /** What takes one group of its changes back, unless somebody else has changed it again since. */
  inverse(args: MutationArgs<Name>, former: ChangeRow['former'], ids: string[]): MutationCall;
}

const UUID_LENGTH = 36;

/** Reads {@link ChangeRow.ids}. */
export function unpackIds(packed: string): string[] {
  const ids: string[] = [];
  for (let start = 0; start < packed.length; start += UUID_LENGTH) ids.push(packed.slice(start, start + UUID_LENGTH));
  return ids;
}
