/** Serializes mutations of the same rows before they are applied. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { TransactionSql } from 'postgres';

/** First key of the tags' advisory locks; the second is the package. Any number that no other lock of IngestHub uses. */
const TAG_LOCKS = 4_711_004;

/**
 * Waits until no other transaction is changing these rows. All transactions lock in the same order, so that they cannot
 * deadlock.
 *
 * @returns false when none of the rows exists.
 */
export async function lockRows(tx: TransactionSql, { name, args }: Mutation): Promise<boolean> {
  const { table, creates } = mutatorOf(name);
  if (creates) return true;
  if (table === 'asset_tags') {
    // One lock per package replaces row locks on ten thousand wide assets that are only read. Without any lock, adding
    // and removing the same tags concurrently could deadlock.
    const { count } = await tx`
      SELECT pg_advisory_xact_lock(${TAG_LOCKS}, package)
      FROM (
        SELECT DISTINCT hashtext(package_id::text) AS package FROM assets WHERE id = ANY (${args.ids}::uuid[])
        ORDER BY package
      ) AS packages`;
    return count > 0;
  }
  const { count } = await tx`
    SELECT FROM ${tx(table)} WHERE id = ANY (${args.ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return count > 0;
}
