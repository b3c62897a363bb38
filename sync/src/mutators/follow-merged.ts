/** Assets that turned out to be others: a change that names one goes to the asset that it became. */
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import type { TransactionSql } from 'postgres';

/**
 * Names the assets that are there now in place of those that became them. Asked after the rows are locked, so that
 * whoever was merging them is through.
 *
 * @returns the mutation itself where it names none of those.
 */
export async function followMerged<M extends Mutation>(tx: TransactionSql, mutation: M): Promise<M> {
  const { table } = mutatorOf(mutation.name);
  if (table !== 'assets' && table !== 'asset_tags') return mutation;
  const merged = await tx<{ id: string; into_id: string }[]>`
    SELECT id, into_id FROM merged_assets WHERE id = ANY (${mutation.args.ids}::uuid[])`;
  if (merged.length === 0) return mutation;
  const into = new Map(merged.map(({ id, into_id }) => [id, into_id]));
  const ids = new Set(mutation.args.ids.map((id) => into.get(id.toLowerCase()) ?? id));
  return { ...mutation, args: { ...mutation.args, ids: [...ids] } };
}
