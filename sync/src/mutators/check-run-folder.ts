/** A run needs an ingestor that may read its package's folder; without one it would wait forever. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import type { TransactionSql } from 'postgres';

/**
 * Returns the folder of a new run if no known ingestor has ever been allowed to read it; null otherwise. An ingestor that
 * is not running may come back, and a library that never had one may get one: neither is a reason to reject the run.
 */
export async function unreadFolder(tx: TransactionSql, { name, args }: Mutation): Promise<string | null> {
  if (name !== 'runs.create') return null;
  const [row] = await tx<{ folder: string }[]>`
    SELECT source_path AS folder FROM packages
    WHERE id = ${args.set.package_id} AND media_root IS NULL AND EXISTS (SELECT FROM ingestors)
      AND NOT EXISTS (
        SELECT FROM ingestors, unnest(media_roots) AS root(path)
        WHERE source_path = root.path OR starts_with(source_path, rtrim(root.path, '/') || '/')
      )`;
  return row?.folder ?? null;
}
