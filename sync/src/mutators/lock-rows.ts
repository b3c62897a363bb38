/** The rows that a mutation is about, locked before it is applied. */
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import type { TransactionSql } from 'postgres';

/**
 * Locks them in the order of their ids, so that two bulk mutations never wait for each other in a circle.
 *
 * @returns false when none of them is there.
 */
export async function lockRows(tx: TransactionSql, { name, args }: Mutation): Promise<boolean> {
  const { table, creates } = mutatorOf(name);
  if (creates) return true;
  if (name === 'assets.tag') {
    // The assets themselves are only read: ten thousand wide rows need no lock for their tags' sake.
    const { ids, remove } = args;
    if (remove.length > 0)
      await tx`
        SELECT FROM asset_tags WHERE asset_id = ANY (${ids}::uuid[]) AND tag = ANY (${remove}::text[])
        ORDER BY asset_id, tag FOR UPDATE`;
    const [asset] = await tx`SELECT id FROM assets WHERE id = ANY (${ids}::uuid[]) LIMIT 1`;
    return asset !== undefined;
  }
  const { count } = await tx`
    SELECT FROM ${tx(table)} WHERE id = ANY (${args.ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return count > 0;
}
