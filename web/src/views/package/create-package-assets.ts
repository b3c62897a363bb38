/** The assets of a package that match a filter: their order at once, their rows where somebody looks. */
import { type Accessor, createMemo } from 'solid-js';
import type { AssetFilter } from '../../queries/asset-filter.ts';
import { AssetOrder, type AssetOrderRow, assetOrderQuery } from '../../queries/asset-order.ts';
import { type AssetTile, assetTilesQuery } from '../../queries/assets.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import type { Replica } from '../../replica/replica.ts';

/** Tiles are read in blocks, so that scrolling by a row asks for nothing new most of the time. */
const BLOCK = 60;

export interface VisibleRange {
  readonly start: number;
  /** Without this one. */
  readonly end: number;
}

export interface PackageAssets {
  readonly order: Accessor<AssetOrder>;
  /** Whether the order still is that of the former filter, or not there yet. */
  readonly loading: Accessor<boolean>;
  /** Whether tiles of this package were there once: what may wait for them can begin. */
  readonly begun: Accessor<boolean>;
  /** A tile on or near the screen; undefined while it is not read yet. */
  tile(id: string): AssetTile | undefined;
}

export function createPackageAssets(
  replica: Replica,
  packageId: Accessor<string>,
  filter: Accessor<AssetFilter>,
  visible: Accessor<VisibleRange>,
): PackageAssets {
  const orderRows = createLiveQuery<AssetOrderRow>(replica, () => assetOrderQuery(packageId(), filter()), {
    key: null,
  });
  const ids = createMemo(() => orderRows()[0]?.ids ?? null);
  const order = createMemo(() => new AssetOrder({ ids: ids() }));

  // One block more on either side; equal ranges ask for nothing.
  const window = createMemo(
    () => ({
      start: (Math.floor(visible().start / BLOCK) - 1) * BLOCK,
      end: (Math.ceil(visible().end / BLOCK) + 1) * BLOCK,
    }),
    undefined,
    { equals: (a, b) => a?.start === b.start && a.end === b.end },
  );
  const tiles = createLiveQuery<AssetTile>(replica, () => {
    const wanted = order().slice(window().start, window().end);
    return wanted.length > 0 ? assetTilesQuery(wanted) : null;
  });
  const tileById = createMemo(() => new Map(tiles().map((tile) => [tile.id, tile])));
  const begun = createMemo<boolean>((was) => was || (!orderRows.loading && !tiles.loading), false);
  return { order, begun, loading: () => orderRows.loading, tile: (id) => tileById().get(id) };
}
