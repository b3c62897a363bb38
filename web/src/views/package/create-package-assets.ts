/** The assets of a package that match a filter: their order at once, their rows where somebody looks. */
import { type Accessor, createMemo } from 'solid-js';
import { type AssetFacetRow, countMatching } from '../../queries/asset-facets.ts';
import type { AssetFilter } from '../../queries/asset-filter.ts';
import { type AssetTile, assetTilesQuery } from '../../queries/assets.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import type { Replica } from '../../replica/replica.ts';
import { createAssetOrder, type LiveOrder } from './create-asset-order.ts';
import { createTileOverlay, type ShownTile, type TileOverlay } from './create-tile-overlay.ts';

/** Tiles are read in blocks, so that scrolling by a row asks for nothing new most of the time. */
const BLOCK = 60;

export interface VisibleRange {
  readonly start: number;
  /** Without this one. */
  readonly end: number;
}

export interface PackageAssets extends LiveOrder {
  /** A tile on or near the screen, with what is being changed already shown; undefined while it is not read yet. */
  tile(id: string): ShownTile | undefined;
  readonly overlay: TileOverlay;
}

export interface PackageAssetsInput {
  readonly packageId: Accessor<string>;
  readonly filter: Accessor<AssetFilter>;
  readonly facets: Accessor<readonly AssetFacetRow[]>;
  readonly visible: Accessor<VisibleRange>;
  /** Whether the replica's indexes and counts are there. */
  readonly ready: Accessor<boolean>;
}

export function createPackageAssets(replica: Replica, input: PackageAssetsInput): PackageAssets {
  const { packageId, filter, facets, visible, ready } = input;
  const counted = createMemo(() => (facets().length > 0 ? countMatching(facets(), filter()) : null));
  const live = createAssetOrder(
    replica,
    () => ({ packageId: packageId(), filter: filter(), indexed: ready() }),
    counted,
  );

  // One block more on either side.
  const window = createMemo(
    () => ({
      start: (Math.floor(visible().start / BLOCK) - 1) * BLOCK,
      end: (Math.ceil(visible().end / BLOCK) + 1) * BLOCK,
    }),
    undefined,
    { equals: (a, b) => a?.start === b.start && a.end === b.end },
  );
  // An order that grows elsewhere asks for nothing.
  const wanted = createMemo(() => live.order().slice(window().start, window().end), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const tiles = createLiveQuery<AssetTile>(
    replica,
    () => (wanted().length > 0 ? assetTilesQuery(packageId(), wanted()) : null),
    { key: null },
  );
  const tileById = createMemo<ReadonlyMap<string, AssetTile>>((before) => {
    const known = (tile: AssetTile) => {
      const former = before.get(tile.id);
      return former && isSame(former, tile) ? former : tile;
    };
    return new Map(tiles().map((tile) => [tile.id, known(tile)]));
  }, new Map());
  const overlay = createTileOverlay(() => tiles.refresh());
  return {
    ...live,
    overlay,
    tile: (id) => {
      const tile = tileById().get(id);
      return tile && overlay.apply(tile);
    },
  };
}

/** Rows of one query: the same columns with plain values, lists of text and bytes. */
function isSame(one: AssetTile, other: AssetTile): boolean {
  return Object.entries(one).every(([column, value]) => {
    const now: unknown = other[column as keyof AssetTile];
    return value === now || (value !== null && typeof value === 'object' && String(value) === String(now));
  });
}
