/**
 * Changes that are on their way into the replica, shown on the tiles at once: a bulk change takes the
 * replica up to a second, and a person at a key should see it with the next frame.
 */
import { createSignal } from 'solid-js';
import type { AssetTile } from '../../queries/assets.ts';

export type ShownTile = AssetTile & {
  /** It is being deleted. */
  readonly leaving?: true;
};

interface PendingChange {
  readonly ids: ReadonlySet<string>;
  /** What a tile will be. */
  readonly show: (tile: ShownTile) => ShownTile;
}

export interface TileOverlay {
  /** The tile with all pending changes, in their order; the same tile when there is none for it. */
  apply(tile: AssetTile): ShownTile;
  /** Shows a change while the work goes on, and until what it did has been read; fails as the work does. */
  during<Result>(change: PendingChange, work: () => Promise<Result>): Promise<Result>;
}

/** @param read reads the tiles again. */
export function createTileOverlay(read: () => Promise<void>): TileOverlay {
  const [pending, setPending] = createSignal<readonly PendingChange[]>([]);
  return {
    apply: (tile) =>
      pending().reduce<ShownTile>((shown, change) => (change.ids.has(tile.id) ? change.show(shown) : shown), tile),
    async during(change, work) {
      setPending((before) => [...before, change]);
      try {
        const result = await work();
        await read();
        return result;
      } finally {
        setPending((before) => before.filter((one) => one !== change));
      }
    },
  };
}
