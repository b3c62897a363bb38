/** Queues all pending work of a package; repeated jobs for the same asset still do the work once. */

import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { pendingOf, pendingOfPackage } from '../../sql/asset-work.ts';
import type { TransactionSql } from '../../sql/client.ts';
import type { AssetJobKind } from './job-kinds.ts';
import { enqueueAssets } from './job-queues.ts';
import type { WorkerContext } from './worker-context.ts';

interface PendingAsset {
  readonly id: string;
  readonly fileType: FileType;
  readonly probed: boolean;
}

/** Returns the kind of job that does an asset's pending work. */
function jobKindOf({ fileType, probed }: Omit<PendingAsset, 'id'>): AssetJobKind {
  if (fileType === 'image') return 'still';
  return probed ? 'video' : 'probe';
}

export async function queueAssets(
  session: TransactionSql,
  assets: readonly PendingAsset[],
  target: { packageId: string; rootId: string; priority?: number },
  { boss }: Pick<WorkerContext, 'boss'>,
): Promise<void> {
  const { packageId, ...destination } = target;
  for (const [kind, some] of Map.groupBy(assets, jobKindOf)) {
    await enqueueAssets(
      boss,
      session,
      { kind, ...destination },
      packageId,
      some.map(({ id }) => id),
    );
  }
}

/** Queues the pending work of some assets, which may belong to several packages. */
export async function queuePendingOf(
  session: TransactionSql,
  ids: readonly string[],
  context: Pick<WorkerContext, 'boss'>,
): Promise<void> {
  const assets = await pendingOf(session, ids);
  for (const [packageId, some] of Map.groupBy(assets, (asset) => asset.packageId)) {
    const rootId = some[0]?.rootId ?? null;
    if (rootId !== null) await queueAssets(session, some, { packageId, rootId }, context);
  }
}

export async function queuePending(
  session: TransactionSql,
  { packageId, mediaRoot }: { packageId: string; mediaRoot: string | null },
  context: Pick<WorkerContext, 'boss'>,
): Promise<void> {
  if (mediaRoot === null) return;
  await queueAssets(session, await pendingOfPackage(session, packageId), { packageId, rootId: mediaRoot }, context);
}
