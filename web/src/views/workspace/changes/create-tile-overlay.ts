/**
 * Shows pending changes on the tiles at once: the replica takes up to a second for a bulk change, but a key
 * press should show its effect in the next frame.
 */
import { createSignal } from 'solid-js';
import type { AssetTile } from '../../../queries/assets.ts';

export type ShownTile = AssetTile & {
  /** The asset is being deleted. */
  readonly leaving?: true;
};

interface PendingChange {
  readonly ids: ReadonlySet<string>;
  /** Returns the tile with the change applied. */
  readonly show: (tile: ShownTile) => ShownTile;
}

export interface TileOverlay {
  /** Applies all pending changes to a tile, in order; returns the same tile when it has none. */
  apply(tile: AssetTile): ShownTile;
  /** Shows a change until the work is done and its result has been read. @throws whatever the work throws. */
  during<Result>(change: PendingChange, work: () => Promise<Result>): Promise<Result>;
}

/** @param read reads the tiles of these assets again. */
export function createTileOverlay(read: (ids: ReadonlySet<string>) => Promise<void>): TileOverlay {
  const [pending, setPending] = createSignal<readonly PendingChange[]>([]);
  return {
    apply: (tile) =>
      pending().reduce<ShownTile>((shown, change) => (change.ids.has(tile.id) ? change.show(shown) : shown), tile),
    async during(change, work) {
      setPending((before) => [...before, change]);
      try {
        const result = await work();
        await read(change.ids);
        return result;
      } finally {
        setPending((before) => before.filter((one) => one !== change));
      }
    },
  };
}
