/** Keeps mutations of the same rows apart, before they are applied. */
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import type { TransactionSql } from 'postgres';

/** The first key of the tags' advisory locks; the second is the package. Any number that no other lock of ours has. */
const TAG_LOCKS = 4_711_004;

/**
 * Waits for whoever is changing these rows. All take their locks in one order, so that two never wait for each other in
 * a circle.
 *
 * @returns false when none of the rows is there.
 */
export async function lockRows(tx: TransactionSql, { name, args }: Mutation): Promise<boolean> {
  const { table, creates } = mutatorOf(name);
  if (creates) return true;
  if (table === 'asset_tags') {
    // One lock for each package instead of ten thousand wide rows' that are only read. Without any, one who adds what
    // another removes would meet them half-way.
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
