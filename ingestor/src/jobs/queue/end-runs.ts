import type { PgBoss } from 'pg-boss';
import type { TransactionSql } from '../../sql/client.ts';
import { withoutFixity } from '../../sql/fixity.ts';
import { recountPoses } from '../../sql/package-poses.ts';
import { packageRoot } from '../../sql/packages.ts';
import { countProgress } from '../../sql/runs.ts';
import { enqueueAssets } from './job-queues.ts';

/**
 * Counts the finished work of a package, ends its runs when nothing is left, and then queues work that is not urgent.
 *
 * @returns the runs that ended.
 */
export async function endRuns(session: TransactionSql, boss: PgBoss, packageId: string): Promise<string[]> {
  const ended = await countProgress(session, packageId);
  if (ended.length === 0) return ended;
  await recountPoses(session, packageId);
  const rootId = await packageRoot(session, packageId);
  if (rootId === null) return ended;
  const ids = await withoutFixity(session, packageId);
  await enqueueAssets(boss, session, { kind: 'fixity', rootId }, packageId, ids);
  return ended;
}
