/**
 * The virtualised grid. The list keeps the focus and names its active tile (aria-activedescendant): with
 * a focus that roves from tile to tile, scrolling the active one away would lose it.
 */
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, onMount, Show } from 'solid-js';
import styles from './asset-grid.module.css';
import { AssetTile } from './asset-tile.tsx';
import type { PackageAssets, VisibleRange } from './create-package-assets.ts';
import { createRecycledRows } from './create-recycled-rows.ts';
import type { Selection } from './create-selection.ts';
import { moveFocus } from './move-focus.ts';
import { TILE_GAP, type TileSize, tileLayout } from './tile-sizes.ts';

const PADDING = 10;

export function AssetGrid(props: {
  assets: PackageAssets;
  selection: Selection;
  tileSize: TileSize;
  onVisible: (range: VisibleRange) => void;
  onOpen: () => void;
}) {
  const gridId = createUniqueId();
  const [width, setWidth] = createSignal(0);
  const [height, setHeight] = createSignal(0);
  let scroller!: HTMLDivElement;

  const layout = createMemo(() => tileLayout(props.tileSize, Math.max(1, width() - 2 * PADDING)), undefined, {
    equals: (a, b) => a?.columns === b.columns && a.rowHeight === b.rowHeight,
  });
  // Those that are not walked yet have their place, where it is known how many there are.
  const length = () => props.assets.total() ?? props.assets.order().length;
  const rowHeight = () => layout().rowHeight;
  const rows = createRecycledRows({ rowHeight, height });
  const columns = createMemo(() => Array.from({ length: layout().columns }, (_, column) => column));
  const contentHeight = () => Math.ceil(length() / layout().columns) * rowHeight() - TILE_GAP + 2 * PADDING;
  const pageRows = () => Math.max(1, Math.floor(height() / rowHeight()));

  onMount(() => {
    const observer = new ResizeObserver(() => {
      setWidth(scroller.clientWidth);
      setHeight(scroller.clientHeight);
    });
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
    // Arrow keys work from the start, unless somebody is elsewhere already.
    if (document.activeElement === document.body) scroller.focus({ preventScroll: true });
  });

  createEffect(() => {
    if (rows.blind()) return;
    const perRow = layout().columns;
    props.onVisible({ start: rows.firstRow() * perRow, end: Math.min(rows.endRow() * perRow, length()) });
  });
  // Another row height moves everything: what was at the top stays there.
  createEffect(
    on(layout, (now, before) => {
      const top = before ? Math.round(scroller.scrollTop / before.rowHeight) * before.columns : 0;
      if (top > 0) scroller.scrollTop = Math.floor(top / now.columns) * now.rowHeight;
      return now;
    }),
  );
  // Another filter or sort begins at the top; a change of data does not move the page.
  createEffect(
    on(
      () => props.assets.loading(),
      (loading, before) => {
        if (before && !loading) scroller.scrollTop = 0;
      },
    ),
  );

  function reveal(index: number): void {
    const top = PADDING + Math.floor(index / layout().columns) * rowHeight();
    const bottom = top + rowHeight() - TILE_GAP;
    if (top < scroller.scrollTop) scroller.scrollTop = top - PADDING;
    else if (bottom > scroller.scrollTop + height()) scroller.scrollTop = bottom + PADDING - height();
  }

  /** The keyboard's next place may lie where the order has not been walked yet. */
  async function moveTo(index: number, extend: boolean): Promise<void> {
    if (index >= props.assets.order().length) await props.assets.untilWhole();
    const target = Math.min(index, props.assets.order().length - 1);
    if (extend) props.selection.rangeTo(target);
    else props.selection.focus(target);
    reveal(target);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { selection } = props;
    const grid = { length: length(), columns: layout().columns, pageRows: pageRows() };
    const target = event.altKey ? null : moveFocus(event.key, selection.focusIndex(), grid);
    if (target !== null) void moveTo(event.key === 'End' ? Number.MAX_SAFE_INTEGER : target, event.shiftKey);
    else if (event.key === ' ') selection.toggle(selection.focusIndex());
    else if (event.key === 'Enter') props.onOpen();
    else return;
    event.preventDefault();
  }

  function indexOf(event: MouseEvent): number | null {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return tile ? Number(tile.dataset['index']) : null;
  }

  function onClick(event: MouseEvent): void {
    const index = indexOf(event);
    const adds = event.ctrlKey || event.metaKey;
    if (index === null) props.selection.clear();
    else if (event.shiftKey) props.selection.rangeTo(index, { add: adds });
    else if (adds) props.selection.toggle(index);
    else props.selection.only(index);
  }

  const tileId = (id: string) => `${gridId}-${id}`;
  const focusedId = () => {
    const id = props.selection.focusId();
    return id === undefined ? undefined : tileId(id);
  };
  return (
    <div
      ref={scroller}
      class={styles['grid']}
      role="listbox"
      tabIndex="0"
      aria-label="Assets"
      aria-multiselectable="true"
      aria-activedescendant={focusedId()}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDblClick={(event) => indexOf(event) !== null && props.onOpen()}
      onScroll={(event) => rows.scrolled(event.currentTarget.scrollTop, event.timeStamp)}
    >
      <div class={styles['length']} role="presentation" style={{ height: `${contentHeight()}px` }}>
        <For each={rows.slots()}>
          {({ row }) => (
            <div
              class={styles['row']}
              role="presentation"
              style={{
                transform: `translateY(${PADDING + row() * rowHeight()}px)`,
                height: `${rowHeight() - TILE_GAP}px`,
                'grid-template-columns': `repeat(${layout().columns}, minmax(0, 1fr))`,
              }}
            >
              <For each={columns()}>
                {(column) => {
                  const index = () => row() * layout().columns + column;
                  const id = createMemo(() => props.assets.order().at(index()));
                  const asset = createMemo(() => {
                    const known = id();
                    return known === undefined ? undefined : props.assets.tile(known);
                  });
                  return (
                    <Show when={index() < length()}>
                      <AssetTile
                        asset={asset()}
                        domId={tileId(id() ?? '')}
                        index={index()}
                        count={length()}
                        selected={props.selection.ids().has(id() ?? '')}
                        focused={props.selection.focusIndex() === index()}
                        fast={rows.fast()}
                      />
                    </Show>
                  );
                }}
              </For>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
