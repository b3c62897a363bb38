/** The assets of a scope that match a filter: their whole order, and the rows on or near the screen. */
import { type Accessor, batch, createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import { type AssetFilter, isFiltering } from '../../../queries/asset-filter.ts';
import { assetQuestion } from '../../../queries/asset-question.ts';
import { type AssetTile, assetTilesQuery, listReads, tileReads } from '../../../queries/assets.ts';
import { firstPageQuery } from '../../../queries/first-page.ts';
import type { QueryNames } from '../../../queries/query/query-keys.ts';
import type { Grouping, MirrorQuestion, PoseQuestion, Scope } from '../../../replica/model/mirror-questions.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { mayTouch } from '../../../replica/read/table-reads.ts';
import { createTileOverlay, type ShownTile, type TileOverlay } from '../changes/create-tile-overlay.ts';
import { createAssetOrder, type LiveOrder } from './create-asset-order.ts';
import { createTiles } from './create-tiles.ts';

/** Tiles are read in blocks, so that scrolling by one row rarely needs a new read. */
const BLOCK = 60;

export interface VisibleRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface ScopeAssets extends LiveOrder {
  /** Sets the part of the order that is on or near the screen. @param also parts beyond sections that are closed. */
  look(range: VisibleRange, also?: readonly VisibleRange[]): void;
  /** Returns a tile on or near the screen, with pending changes applied; undefined until it has been read. */
  tile(id: string): ShownTile | undefined;
  readonly overlay: TileOverlay;
  /** The question whose answer the list is, or will be. */
  readonly question: Accessor<MirrorQuestion>;
}

export interface ScopeAssetsInput {
  /** The same object until the scope changes. */
  readonly scope: Accessor<Scope>;
  readonly filter: Accessor<AssetFilter>;
  /** Tracked only where the filter uses them. */
  readonly names: QueryNames;
  /** The pose matrix; null while it is not shown. */
  readonly pose: Accessor<Omit<PoseQuestion, 'ignores'> | null>;
  /** The value that divides the list into sections; null: one run of assets. */
  readonly group: Accessor<Grouping | null>;
  /** Whether the histograms are shown. */
  readonly withHistograms: Accessor<boolean>;
  /** Whether the replica's indexes exist, as they do after the first load. */
  readonly indexed: Accessor<boolean>;
  /** The number of assets that the scope lists without a filter; null: unknown. */
  readonly total: Accessor<number | null>;
}

export function createScopeAssets(replica: Replica, input: ScopeAssetsInput): ScopeAssets {
  const { scope, filter } = input;
  const [visible, look] = createSignal<VisibleRange>({ start: 0, end: BLOCK });
  const [others, setOthers] = createSignal<readonly VisibleRange[]>([]);
  const screen = createFirstTiles(replica, scope);
  const question = createMemo(() => ({
    question: assetQuestion(scope(), filter(), {
      names: input.names,
      pose: input.pose(),
      group: input.group(),
      withHistograms: input.withHistograms(),
    }),
    firstPage: firstPageQuery(scope(), filter(), input.indexed()),
    indexed: input.indexed(),
  }));
  const live = createAssetOrder(replica, question, {
    reads: () => listReads(scope()),
    expected: () => (isFiltering(filter()) ? null : input.total()),
    beside: (order) => screen.read(order.slice(0, Math.max(BLOCK, sizeOf(untrack(visible))))),
    onFresh: () => look((before) => ({ start: 0, end: Math.max(BLOCK, sizeOf(before)) })),
  });

  // Includes one more block on either side.
  const window = createMemo(
    () => ({
      start: (Math.floor(visible().start / BLOCK) - 1) * BLOCK,
      end: (Math.ceil(visible().end / BLOCK) + 1) * BLOCK,
    }),
    undefined,
    { equals: (a, b) => a?.start === b.start && a.end === b.end },
  );
  // An order that grows outside the window triggers no read.
  const wanted = createMemo<readonly string[]>(
    () => [window(), ...others()].flatMap(({ start, end }) => live.order().slice(start, end)),
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  );
  const tiles = createTiles(replica, { scope, wanted, known: screen.take });
  const overlay = createTileOverlay(tiles.refresh);
  return {
    ...live,
    look(range, also = []) {
      batch(() => {
        look(range);
        setOthers(also);
      });
    },
    overlay,
    question: () => question().question,
    tile: (id) => {
      const tile = tiles.get(id);
      return tile && overlay.apply(tile);
    },
  };
}

function sizeOf({ start, end }: VisibleRange): number {
  return end - start;
}

/** Reads the tiles of a new order's first screen together with the order, so that both show in the same frame. */
function createFirstTiles(replica: Replica, scope: Accessor<Scope>) {
  let changes = 0;
  let found: { readonly tiles: AssetTile[]; readonly changes: number } | null = null;
  onCleanup(
    replica.onChange((change) => {
      if (mayTouch(change, tileReads(scope()))) changes++;
    }),
  );
  return {
    async read(ids: readonly string[]): Promise<void> {
      const before = changes;
      const { statement } = assetTilesQuery(scope(), ids);
      found = { tiles: await replica.query<AssetTile>(statement), changes: before };
    },
    /** Returns the tiles once, and only if nothing has changed since they were read. */
    take(): AssetTile[] | null {
      const taken = found;
      found = null;
      return taken?.changes === changes ? taken.tiles : null;
    },
  };
}
