/**
 * The virtualised grid. The list keeps the focus and names its active tile (aria-activedescendant): a focus
 * that roves from tile to tile would be lost when its tile scrolls away.
 */
import { createVirtualizer, observeElementOffset } from '@tanstack/solid-virtual';
import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { isWaiting, type PreviewRequests } from '../../../pictures/create-preview-requests.ts';
import type { ScopeAssets, VisibleRange } from '../list/create-scope-assets.ts';
import type { Selection } from '../list/create-selection.ts';
import { AssetTile } from '../tile/asset-tile.tsx';
import { TILE_GAP, type TileSize, tileLayout } from '../tile/tile-sizes.ts';
import styles from './asset-grid.module.css';
import { createRecycledRows } from './create-recycled-rows.ts';
import { createScrollSpeed } from './create-scroll-speed.ts';
import { moveFocus } from './move-focus.ts';

const PADDING = 10;
/** Rows rendered beyond either edge of the screen, so that a short scroll shows finished tiles. */
const OVERSCAN = 2;
const SETTLED_MS = 90;

export function AssetGrid(props: {
  ref: (element: HTMLElement) => void;
  assets: ScopeAssets;
  previews: PreviewRequests;
  selection: Selection;
  tileSize: TileSize;
  onOpen: () => void;
}) {
  const gridId = createUniqueId();
  const [width, setWidth] = createSignal(0);
  /** Positions on the screen, without the overscan. */
  const [seen, setSeen] = createSignal<VisibleRange>({ start: 0, end: 0 });
  let scroller!: HTMLDivElement;

  const layout = createMemo(() => tileLayout(props.tileSize, Math.max(1, width() - 2 * PADDING)), undefined, {
    equals: (a, b) => a?.columns === b.columns && a.rowHeight === b.rowHeight,
  });
  // When the total is known, assets that are not walked yet take up space too.
  const length = () => props.assets.total() ?? props.assets.order().length;
  const rowHeight = () => layout().rowHeight;
  const speed = createScrollSpeed();
  // The event's own time: the time of its handling depends on the frame, and would distort the speed.
  let scrolledAt = 0;
  const virtualizer = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return Math.ceil(length() / layout().columns);
    },
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight() - TILE_GAP,
    gap: TILE_GAP,
    overscan: OVERSCAN,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
    isScrollingResetDelay: SETTLED_MS,
    // The speed is set first, so that tiles know it before they get another asset.
    observeElementOffset: (instance, tell) =>
      observeElementOffset(instance, (top, scrolling) =>
        batch(() => {
          if (scrolling) speed.moved(top, instance.scrollRect?.height ?? 0, scrolledAt);
          else speed.rested();
          tell(top, scrolling);
        }),
      ),
  });
  const slots = createRecycledRows(() => virtualizer.getVirtualItems());
  const columns = createMemo(() => Array.from({ length: layout().columns }, (_, column) => column));

  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(scroller.clientWidth));
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
    // Makes arrow keys work from the start, unless the focus is already elsewhere.
    if (document.activeElement === document.body) scroller.focus({ preventScroll: true });
  });

  createEffect(() => {
    if (speed.blind()) return;
    const rows = virtualizer.getVirtualItems();
    const perRow = layout().columns;
    const end = ((rows.at(-1)?.index ?? 0) + 1) * perRow;
    props.assets.look({ start: (rows[0]?.index ?? 0) * perRow, end: Math.min(end, length()) });
    const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
    setSeen({ start: startIndex * perRow, end: (endIndex + 1) * perRow });
  });
  props.previews.show(() => {
    if (speed.fast()) return [];
    const ids = props.assets.order().slice(seen().start, seen().end);
    return ids.filter((id) => {
      const asset = props.assets.tile(id);
      return asset !== undefined && isWaiting(asset);
    });
  });
  // A new row height moves everything, so scroll to keep the same asset at the top.
  createEffect(
    on(layout, (now, before) => {
      const top = before ? Math.round(scroller.scrollTop / before.rowHeight) * before.columns : 0;
      virtualizer.measure();
      if (top > 0) virtualizer.scrollToIndex(Math.floor(top / now.columns), { align: 'start' });
      return now;
    }),
  );
  // A new filter or sort starts at the top; a change of data does not scroll.
  createEffect(
    on(
      () => props.assets.loading(),
      (loading, before) => {
        // Reading scrollTop from the element would force an extra layout.
        if (before && !loading && virtualizer.scrollOffset !== 0) scroller.scrollTop = 0;
      },
    ),
  );

  function reveal(index: number): void {
    virtualizer.scrollToIndex(Math.floor(index / layout().columns), { align: 'auto' });
  }

  /** Moves the keyboard focus. Waits for the whole order when the target lies beyond the walked part. */
  async function moveTo(index: number, extend: boolean): Promise<void> {
    if (index >= props.assets.order().length && !(await props.assets.untilWhole())) return;
    const target = Math.min(index, props.assets.order().length - 1);
    if (extend) props.selection.rangeTo(target);
    else props.selection.focus(target);
    reveal(target);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { selection } = props;
    const pageRows = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / rowHeight()));
    const grid = { length: length(), columns: layout().columns, pageRows };
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
      ref={(element) => {
        scroller = element;
        props.ref(element);
      }}
      class={styles['grid']}
      role="listbox"
      tabIndex="0"
      aria-label="Assets"
      aria-multiselectable="true"
      aria-busy={props.assets.loading()}
      aria-activedescendant={focusedId()}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onScroll={(event) => {
        scrolledAt = event.timeStamp;
      }}
      onDblClick={(event) => indexOf(event) !== null && props.onOpen()}
    >
      <div class={styles['length']} role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <For each={slots()}>
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
                        fast={speed.fast()}
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
