/** The rows of tiles on the screen, whose elements pass from row to row while the grid scrolls. */
import { createMemo, For, Show } from 'solid-js';
import type { AssetSort } from '../../../queries/asset-filter.ts';
import type { ShownTile } from '../changes/create-tile-overlay.ts';
import type { ScopeAssets } from '../list/create-scope-assets.ts';
import type { Selection } from '../list/create-selection.ts';
import { AssetListRow } from '../tile/asset-list-row.tsx';
import { AssetTile } from '../tile/asset-tile.tsx';
import type { ListColumn, ListNames } from '../tile/list-columns.ts';
import { tileMeasure } from '../tile/tile-facts.ts';
import { TILE_GAP } from '../tile/tile-sizes.ts';
import styles from './asset-grid.module.css';
import type { GridWindow } from './create-grid-window.ts';
import { createRecycledRows } from './create-recycled-rows.ts';
import type { GridLayout } from './grid-layout.ts';

export function GridRows(props: {
  layout: GridLayout;
  view: GridWindow;
  assets: ScopeAssets;
  selection: Selection;
  /** The columns of the list view; null for tiles. */
  list: { readonly columns: readonly ListColumn[]; readonly names: ListNames } | null;
  fast: boolean;
  /** The length of the whole list. */
  length: number;
  tileId: (id: string | undefined) => string | undefined;
  sort: AssetSort;
  keysOf: (tags: readonly string[]) => string;
  unsent: ReadonlySet<string>;
}) {
  const slots = createRecycledRows(() => {
    const { first, end } = props.view.rows();
    return Array.from({ length: end - first }, (_, number) => ({ index: first + number }));
  });
  const columns = createMemo(() => Array.from({ length: props.layout.columns }, (_, column) => column));
  const isList = createMemo(() => props.list !== null);
  return (
    <For each={slots()}>
      {({ row }) => {
        const placed = createMemo(() => props.layout.row(row()));
        return (
          <div
            class={styles['row']}
            role="presentation"
            style={{
              display: placed() === null ? 'none' : undefined,
              transform: `translateY(${props.view.place(placed()?.top ?? 0)}px)`,
              height: `${(placed()?.height ?? 0) - (isList() ? 0 : TILE_GAP)}px`,
              'grid-template-columns': `repeat(${props.layout.columns}, minmax(0, 1fr))`,
            }}
          >
            <For each={columns()}>
              {(column) => {
                const index = createMemo(() => {
                  const here = placed();
                  return here !== null && here.start + column < here.end ? here.start + column : null;
                });
                const id = createMemo(() => {
                  const at = index();
                  return at === null ? undefined : props.assets.order().at(at);
                });
                const asset = createMemo(() => {
                  const known = id();
                  return known === undefined ? undefined : props.assets.tile(known);
                });
                const shared = {
                  get asset() {
                    return asset();
                  },
                  get domId() {
                    return props.tileId(id());
                  },
                  get index() {
                    return index();
                  },
                  get count() {
                    return props.length;
                  },
                  get selected() {
                    return props.selection.ids().has(id() ?? '');
                  },
                  get focused() {
                    return props.selection.focusIndex() === index();
                  },
                  get unsent() {
                    return props.unsent.has(id() ?? '');
                  },
                  get fast() {
                    return props.fast;
                  },
                };
                return (
                  <Show
                    when={isList() && props.list}
                    fallback={
                      <AssetTile
                        {...shared}
                        measure={withAsset(asset(), (known) => tileMeasure(props.sort, known))}
                        keys={withAsset(asset(), ({ tags }) => props.keysOf(tags))}
                      />
                    }
                  >
                    {(list) => <AssetListRow {...shared} columns={list().columns} names={list().names} />}
                  </Show>
                );
              }}
            </For>
          </div>
        );
      }}
    </For>
  );
}

function withAsset(asset: ShownTile | undefined, text: (asset: ShownTile) => string): string | undefined {
  return asset && text(asset);
}
