/** Redirects a change of a merged asset to the asset that it was merged into. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { TransactionSql } from 'postgres';

/**
 * Replaces merged assets in a mutation by the assets that they became. Runs after the rows are locked, so that any
 * merge of them has finished.
 *
 * @returns the same mutation when it names no merged asset.
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
