/** The tiles on or near the screen: read once, and again when a change may have touched them. */
import { type Accessor, createComputed, createSignal, onCleanup, untrack } from 'solid-js';
import { type AssetTile, assetTilesQuery, tileReads } from '../../../queries/assets.ts';
import type { Scope } from '../../../replica/model/mirror-questions.ts';
import type { Replica, ReplicaChange } from '../../../replica/model/replica.ts';
import { makeRerun, nextAnimationFrame } from '../../../replica/read/rerun.ts';
import { mayTouch } from '../../../replica/read/table-reads.ts';

export interface Tiles {
  /** Returns a wanted asset's tile; undefined until it has been read. */
  get(id: string): AssetTile | undefined;
  /** Reads these assets' tiles again; resolves once they come from a read that began after this call. */
  refresh(ids: ReadonlySet<string>): Promise<void>;
}

export interface TilesInput {
  readonly scope: Accessor<Scope>;
  /** The assets whose tiles are held. */
  readonly wanted: Accessor<readonly string[]>;
  /** Takes tiles that were read beside their order; null: there are none. */
  readonly known: () => readonly AssetTile[] | null;
}

export function createTiles(replica: Pick<Replica, 'query' | 'onChange'>, { scope, wanted, known }: TilesInput): Tiles {
  const [tiles, setTiles] = createSignal<ReadonlyMap<string, AssetTile>>(new Map());
  /** Wanted assets without a tile, or with one that may be out of date. */
  let unread = new Set<string>();
  let waiting: (() => void)[] = [];

  const rerun = makeRerun(async () => {
    const ids = [...unread];
    const waited = waiting;
    unread = new Set();
    waiting = [];
    if (ids.length > 0) {
      const { statement } = assetTilesQuery(untrack(scope), ids);
      // After a failed read, former tiles stay as they are and missing ones stay blank until the next read.
      const found = await replica.query<AssetTile>(statement).catch(() => null);
      if (found !== null) put(ids, found);
    }
    for (const resolve of waited) resolve();
  }, nextAnimationFrame);

  /** Replaces the tiles that were asked for. Unchanged ones keep their identity, so their views do not update. */
  function put(asked: readonly string[], found: readonly AssetTile[]): void {
    const still = new Set(untrack(wanted));
    const next = new Map(untrack(tiles));
    for (const id of asked) next.delete(id);
    for (const tile of found) {
      const former = untrack(tiles).get(tile.id);
      if (still.has(tile.id)) next.set(tile.id, former && isSame(former, tile) ? former : tile);
    }
    setTiles(next);
  }

  createComputed(() => {
    const ids = wanted();
    const before = untrack(tiles);
    const beside = new Map(known()?.map((tile) => [tile.id, tile]));
    const next = new Map<string, AssetTile>();
    for (const id of ids) {
      const [former, read] = [before.get(id), beside.get(id)];
      const tile = former && read && isSame(former, read) ? former : (read ?? former);
      if (tile) next.set(id, tile);
    }
    unread = new Set(ids.filter((id) => !next.has(id) || (unread.has(id) && !beside.has(id))));
    setTiles(next);
    if (unread.size > 0) rerun.request();
  });

  const stopListening = replica.onChange((change) => {
    if (!mayTouch(change, tileReads(untrack(scope)))) return;
    const touched = namedAssets(change);
    for (const id of untrack(wanted)) if (touched === null || touched.has(id)) unread.add(id);
    if (unread.size > 0) rerun.request();
  });
  onCleanup(() => {
    stopListening();
    rerun.dispose();
    for (const resolve of waiting) resolve();
  });

  return {
    get: (id) => tiles().get(id),
    refresh(ids) {
      for (const id of untrack(wanted)) if (ids.has(id)) unread.add(id);
      return new Promise((resolve) => {
        waiting.push(resolve);
        rerun.request();
      });
    },
  };
}

/** Returns the assets that a change names, where it names all that a tile shows; null: any may have changed. */
function namedAssets({ tables }: ReplicaChange): ReadonlySet<string> | null {
  if (tables.has('folders') || tables.has('packages')) return null;
  const named = new Set<string>();
  for (const table of ['assets', 'asset_tags']) {
    const change = tables.get(table);
    if (change === undefined) continue;
    if (change.assets === undefined || change.assets.packages === null || change.assets.packages.size > 0) return null;
    for (const id of change.assets.ids) named.add(id);
  }
  return named;
}

/** Compares two rows of the same query, whose values are primitives, dates, lists of text or bytes. */
function isSame(one: AssetTile, other: AssetTile): boolean {
  return Object.entries(one).every(([column, value]) => {
    const now: unknown = other[column as keyof AssetTile];
    return value === now || (value !== null && typeof value === 'object' && String(value) === String(now));
  });
}
