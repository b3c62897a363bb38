/** Restores assets that were deleted together, as a single undo step. */
import { unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { v7 as uuid } from 'uuid';
import { type DeletedAssetsRow, deletedAssetIdsQuery } from '../../queries/deleted.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { formatCountOf } from '../../ui/format.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { undoAction } from '../../ui/undo.ts';

/** Assets per mutation: each takes about half a second of the replica's time. */
const PART = 10_000;

export async function restoreAssets(
  replica: Pick<Replica, 'query' | 'mutate' | 'undo' | 'redo'>,
  deleted: DeletedAssetsRow,
): Promise<void> {
  try {
    const [row] = await replica.query<{ ids: string | null }>(deletedAssetIdsQuery(deleted).statement);
    const ids = unpackIds(row?.ids ?? '');
    if (ids.length === 0) return notify('Already restored');
    const assets = formatCountOf(ids.length, 'asset');
    const options = { step: uuid(), label: `Restore ${assets}` };
    for (let start = 0; start < ids.length; start += PART) {
      await replica.mutate('assets.restore', { ids: ids.slice(start, start + PART) }, options);
    }
    notify(`Restored ${assets}`, { action: undoAction(replica) });
  } catch (error) {
    notifyFailure('Not all assets were restored', error);
  }
}
