/**
 * The virtualised grid. The list keeps the focus and names its active tile (aria-activedescendant): with
 * a focus that roves from tile to tile, scrolling the active one away would lose it.
 */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, onMount, Show } from 'solid-js';
import styles from './asset-grid.module.css';
import { AssetTile } from './asset-tile.tsx';
import type { PackageAssets, VisibleRange } from './create-package-assets.ts';
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
  const length = () => props.assets.order().length;
  const virtualizer = createVirtualizer({
    get count() {
      return Math.ceil(length() / layout().columns);
    },
    getScrollElement: () => scroller,
    estimateSize: () => layout().rowHeight,
    overscan: 3,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  });
  const rows = () => virtualizer.getVirtualItems();
  const pageRows = () => Math.max(1, Math.floor(height() / layout().rowHeight));

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
    const { columns } = layout();
    props.onVisible({ start: (rows()[0]?.index ?? 0) * columns, end: ((rows().at(-1)?.index ?? 0) + 1) * columns });
  });
  // Another row height moves everything: what was at the top stays there.
  createEffect(
    on(layout, (now, before) => {
      const top = before ? Math.round(scroller.scrollTop / before.rowHeight) * before.columns : 0;
      virtualizer.measure();
      if (top > 0) virtualizer.scrollToIndex(Math.floor(top / now.columns), { align: 'start' });
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
    virtualizer.scrollToIndex(Math.floor(index / layout().columns), { align: 'auto' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { selection } = props;
    const grid = { length: length(), columns: layout().columns, pageRows: pageRows() };
    const target = event.altKey ? null : moveFocus(event.key, selection.focusIndex(), grid);
    if (target !== null) {
      if (event.shiftKey) selection.rangeTo(target);
      else selection.focus(target);
      reveal(target);
    } else if (event.key === ' ') selection.toggle(selection.focusIndex());
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
  return (
    <div
      ref={scroller}
      class={styles['grid']}
      role="listbox"
      tabIndex="0"
      aria-label="Assets"
      aria-multiselectable="true"
      aria-activedescendant={props.selection.focusId() && tileId(props.selection.focusId() ?? '')}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDblClick={(event) => indexOf(event) !== null && props.onOpen()}
    >
      <div class={styles['length']} role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <For each={rows()}>
          {(row) => (
            <div
              class={styles['row']}
              role="presentation"
              style={{
                transform: `translateY(${row.start}px)`,
                height: `${layout().rowHeight - TILE_GAP}px`,
                'grid-template-columns': `repeat(${layout().columns}, minmax(0, 1fr))`,
              }}
            >
              <For each={Array.from({ length: layout().columns }, (_, column) => column)}>
                {(column) => {
                  const index = () => row.index * layout().columns + column;
                  return (
                    <Show when={props.assets.order().at(index())}>
                      {(id) => (
                        <AssetTile
                          asset={props.assets.tile(id())}
                          domId={tileId(id())}
                          index={index()}
                          count={length()}
                          selected={props.selection.ids().has(id())}
                          focused={props.selection.focusIndex() === index()}
                        />
                      )}
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
