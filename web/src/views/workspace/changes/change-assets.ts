/** Applies a change to any number of assets: visible at once, a single undo step, and with a notice of the result. */
import type { MutationName } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import type { Replica } from '../../../replica/model/replica.ts';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { notify, notifyFailure } from '../../../ui/notices.ts';
import { undoAction } from '../../../ui/undo.ts';
import type { AssetChange } from './asset-changes.ts';
import type { TileOverlay } from './create-tile-overlay.ts';

/**
 * Assets per mutation: each takes about half a second of the replica's time. Larger parts would block the grid
 * for longer.
 */
const PART = 10_000;

export interface ChangeTarget {
  readonly replica: Pick<Replica, 'mutate' | 'undo' | 'redo'>;
  readonly overlay: Pick<TileOverlay, 'during'>;
}

export async function changeAssets<Name extends MutationName>(
  { replica, overlay }: ChangeTarget,
  ids: readonly string[],
  change: AssetChange<Name>,
): Promise<void> {
  if (ids.length === 0) return;
  const options = { step: uuid(), label: change.label(formatCountOf(ids.length, 'asset')) };
  let changed = 0;
  try {
    await overlay.during({ ids: new Set(ids), show: change.show }, async () => {
      for (let start = 0; start < ids.length; start += PART) {
        if (ids.length > PART) notify(`${formatCount(start)} of ${formatCountOf(ids.length, 'asset')} so far`);
        const { changedIds } = await replica.mutate(change.name, change.args(ids.slice(start, start + PART)), options);
        changed += changedIds.length;
      }
    });
    if (changed === 0) notify('Already done');
    else notify(change.done(formatCountOf(changed, 'asset')), { action: undoAction(replica) });
  } catch (error) {
    notifyFailure(changed === 0 ? 'Nothing was changed' : `Only ${formatCountOf(changed, 'asset')} changed`, error);
  }
}
