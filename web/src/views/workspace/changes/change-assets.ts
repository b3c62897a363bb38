/** Applies a change to any number of assets: visible at once, a single undo step, and with a notice of the result. */
import { v7 as uuid } from 'uuid';
import type { Replica } from '../../../replica/model/replica.ts';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { notify, notifyFailure } from '../../../ui/notices.ts';
import { undoAction } from '../../../ui/undo.ts';
import type { AssetChange } from './asset-changes.ts';
import type { ShownTile, TileOverlay } from './create-tile-overlay.ts';

/**
 * Assets per mutation: each takes about half a second of the replica's time. Larger parts would block the grid
 * for longer.
 */
const PART = 10_000;

const severalChanges: Pick<AssetChange, 'label' | 'done'> = {
  label: (assets) => `Edit ${assets}`,
  done: (assets) => `Edited ${assets}`,
};

export interface ChangeTarget {
  readonly replica: Pick<Replica, 'mutate' | 'undo' | 'redo'>;
  readonly overlay: Pick<TileOverlay, 'during'>;
}

/** @param wanted several changes are one step for undo, named after the first's texts only when it is alone. */
export async function changeAssets(
  { replica, overlay }: ChangeTarget,
  ids: readonly string[],
  wanted: AssetChange | readonly AssetChange[],
): Promise<void> {
  const changes: readonly AssetChange[] = 'name' in wanted ? [wanted] : wanted;
  if (ids.length === 0 || changes.length === 0) return;
  const texts = changes.length === 1 ? changes[0] : severalChanges;
  const options = { step: uuid(), label: texts?.label(formatCountOf(ids.length, 'asset')) ?? '' };
  const show = (tile: ShownTile) => changes.reduce((shown, change) => change.show(shown), tile);
  let changed = 0;
  try {
    await overlay.during({ ids: new Set(ids), show }, async () => {
      for (let start = 0; start < ids.length; start += PART) {
        if (ids.length > PART) notify(`${formatCount(start)} of ${formatCountOf(ids.length, 'asset')} so far`);
        const part = ids.slice(start, start + PART);
        const touched = new Set<string>();
        for (const change of changes) {
          const { changedIds } = await replica.mutate(change.name, change.args(part), options);
          for (const id of changedIds) touched.add(id);
        }
        changed += touched.size;
      }
    });
    if (changed === 0) notify('Already done');
    else notify(texts?.done(formatCountOf(changed, 'asset')) ?? '', { action: undoAction(replica) });
  } catch (error) {
    notifyFailure(changed === 0 ? 'Nothing was changed' : `Only ${formatCountOf(changed, 'asset')} changed`, error);
  }
}
