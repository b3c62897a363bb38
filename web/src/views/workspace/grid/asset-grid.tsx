/**
 * The virtualised grid, in sections. The list keeps the focus and names its active tile (aria-activedescendant): a
 * focus that roves from tile to tile would be lost when its tile scrolls away.
 */
import { createMemo, createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import type { PreviewRequests } from '../../../pictures/create-preview-requests.ts';
import { countsOf } from '../../../queries/list-counts.ts';
import { useReplica } from '../../../ui/replica-context.ts';
import { createUnsentIds } from '../changes/create-unsent-ids.ts';
import type { ScopeAssets } from '../list/create-scope-assets.ts';
import type { Selection } from '../list/create-selection.ts';
import { type ListNames, listColumns } from '../tile/list-columns.ts';
import { rowHeight, TILE_GAP, type TileSize, tileLayout } from '../tile/tile-sizes.ts';
import styles from './asset-grid.module.css';
import { createElementSize } from './create-element-size.ts';
import { createGridKeys } from './create-grid-keys.ts';
import { createGridPointer } from './create-grid-pointer.ts';
import { createGridWindow } from './create-grid-window.ts';
import { createOpenSections } from './create-open-sections.ts';
import { createScrollSpeed } from './create-scroll-speed.ts';
import { createSectionSelection } from './create-section-selection.ts';
import { GridLayout, PADDING, type PlacedSection } from './grid-layout.ts';
import { GridRows } from './grid-rows.tsx';
import { type Named, sectionIcon, sectionName } from './group-choice.ts';
import { keepPlace } from './keep-place.ts';
import { ListHead, type ListOrder } from './list-head.tsx';
import { lookAt } from './look-at.ts';
import { NameFinder } from './name-finder.tsx';
import { pictureShape } from './picture-shape.ts';
import { SectionHeader } from './section-header.tsx';

export function AssetGrid(props: {
  ref: (element: HTMLElement) => void;
  assets: ScopeAssets;
  previews: PreviewRequests;
  selection: Selection;
  tileSize: TileSize;
  order: ListOrder;
  onOrder: (order: ListOrder) => void;
  subjects: Named;
  /** Where the list may reach into several packages, their names. */
  packages: Named;
  /** Returns the keys of an asset's tags: '1 3'. */
  keysOf: (tags: readonly string[]) => string;
  onOpen: () => void;
}) {
  const { replica, status } = useReplica();
  const gridId = createUniqueId();
  let scroller!: HTMLDivElement;
  let head: HTMLElement | undefined;
  const isList = () => props.tileSize === 'list';

  const open = createOpenSections();
  const keyOf = (value: string | null) => `${props.assets.division()?.by} ${value ?? ''}`;
  // When the total is known, assets that are not walked yet take up space too.
  const length = () => props.assets.total() ?? props.assets.order().length;
  const sections = createMemo(
    () => props.assets.division()?.sections ?? [{ value: null, start: 0, count: length(), totals: null }],
  );
  const size = createElementSize(() => scroller);
  const layout = createMemo(() => {
    const width = Math.max(1, size().width - 2 * PADDING);
    const tiles = tileLayout(props.tileSize, width);
    const by = props.assets.division()?.by;
    const heights = new Map<string | null, number>();
    return {
      tiles,
      grid: new GridLayout({
        sections: sections(),
        columns: tiles.columns,
        grouped: by !== undefined,
        isOpen: ({ value }) => open.isOpen(keyOf(value)),
        rowHeightOf({ value }) {
          const type = by === 'asset_type' ? value : null;
          const known = heights.get(type);
          if (known !== undefined) return known;
          const height = rowHeight(props.tileSize, tiles, pictureShape(type, props.assets.counts()));
          heights.set(type, height);
          return height;
        },
      }),
    };
  });
  const grid = () => layout().grid;
  const speed = createScrollSpeed();
  const view = createGridWindow({
    scroller: () => scroller,
    height: () => size().height,
    layout: grid,
    onMove: (position, screen, time) => speed.moved(position, screen, time),
    onRest: () => speed.rested(),
  });

  onMount(() => {
    // Makes arrow keys work from the start, unless the focus is already elsewhere.
    if (document.activeElement === document.body) scroller.focus({ preventScroll: true });
  });
  lookAt({ layout: grid, view, assets: props.assets, previews: props.previews, speed });
  keepPlace({ layout: grid, view, focusIndex: props.selection.focusIndex, loading: props.assets.loading });

  const selectedIn = createSectionSelection({
    order: props.assets.order,
    ids: props.selection.ids,
    sections: () => (grid().header === 0 ? [] : view.sections()),
  });
  function toggleSection(section: PlacedSection): void {
    const isAbove = view.position() > section.top;
    open.toggle(keyOf(section.value));
    if (isAbove) view.scrollTo(section.top);
  }
  function selectSection({ start, count }: PlacedSection): void {
    const within = props.assets.order().slice(start, start + count);
    const ids = new Set(props.selection.ids());
    const isWhole = within.every((id) => ids.has(id));
    for (const id of within) {
      if (isWhole) ids.delete(id);
      else ids.add(id);
    }
    props.selection.replace(ids);
  }

  const unsent = createUnsentIds(replica, status);
  const [finding, setFinding] = createSignal(false);
  createGridKeys({
    scroller: () => scroller,
    layout: grid,
    view,
    assets: props.assets,
    selection: props.selection,
    onOpen: () => props.onOpen(),
    onToggleSection: toggleSection,
    onToggleSections: () => open.toggleAll(grid().sections.map(({ value }) => keyOf(value))),
    onSelectSection: selectSection,
    onFindName: () => setFinding(true),
  });

  const pointer = createGridPointer({
    scroller: () => scroller,
    layout: grid,
    tile: () => ({ width: layout().tiles.tileWidth, gap: isList() ? 0 : TILE_GAP }),
    position: view.position,
    scrollTo: view.scrollTo,
    assets: props.assets,
    selection: props.selection,
    onOpen: () => props.onOpen(),
    onToggleSection: toggleSection,
    onSelectSection: selectSection,
  });

  const columns = createMemo(() => {
    const counts = props.assets.counts();
    const types = new Set([...countsOf(counts, 'type').keys()].flatMap((type) => type ?? []));
    return listColumns(types, countsOf(counts, 'asset').has('aligned'));
  });
  const subjectNames = createMemo(() => new Map(props.subjects.map(({ id, name }) => [id, name])));
  const names: ListNames = { subjectName: (id) => subjectNames().get(id) ?? null };
  const tracks = () =>
    columns()
      .map(({ width }) => width)
      .join(' ');

  const tileId = (id: string | undefined) => (id === undefined ? undefined : `${gridId}-${id}`);
  const focusedSection = createMemo(() => {
    const by = props.assets.division()?.by;
    const section = by === undefined ? undefined : grid().sectionOf(props.selection.focusIndex());
    return by !== undefined && section ? nameOf(section) : '';
  });
  function nameOf({ value }: PlacedSection): string {
    const by = props.assets.division()?.by;
    return by === undefined ? '' : sectionName(by, value, { subjects: props.subjects, packages: props.packages });
  }

  return (
    <div class={styles['frame']} style={{ '--columns': isList() ? tracks() : undefined }}>
      <Show when={isList()}>
        <ListHead
          ref={(element) => {
            head = element;
          }}
          columns={columns()}
          order={props.order}
          onOrder={props.onOrder}
        />
      </Show>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in the shortcut table. */}
      <div
        ref={(element) => {
          scroller = element;
          props.ref(element);
        }}
        class={styles['grid']}
        style={{ '--screen': `${size().width}px` }}
        classList={{ [styles['list'] ?? '']: isList() }}
        role="listbox"
        tabIndex="0"
        aria-label="Assets"
        aria-multiselectable="true"
        aria-busy={props.assets.loading()}
        aria-activedescendant={tileId(props.selection.focusId())}
        onClick={pointer.onClick}
        onDblClick={pointer.onDoubleClick}
        onContextMenu={pointer.onContextMenu}
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerEnd}
        onPointerCancel={pointer.onPointerEnd}
        onPointerLeave={pointer.onLeave}
        onScroll={(event) => {
          view.onScroll(event);
          pointer.onLeave();
          if (head) head.scrollLeft = scroller.scrollLeft;
        }}
      >
        <div class={styles['length']} role="presentation" style={{ height: `${view.scale().height}px` }}>
          <Show when={isList()}>
            <div class={styles['ruler']} role="presentation" />
          </Show>
          <GridRows
            layout={grid()}
            view={view}
            assets={props.assets}
            selection={props.selection}
            list={isList() ? { columns: columns(), names } : null}
            fast={speed.fast()}
            length={length()}
            tileId={tileId}
            sort={props.order.sort}
            keysOf={props.keysOf}
            unsent={unsent()}
          />
          <Show when={grid().header > 0}>
            <For each={view.sections()}>
              {(section) => (
                <div class={styles['section']} role="presentation" style={sectionPlace(section)}>
                  <SectionHeader
                    section={section}
                    name={nameOf(section)}
                    icon={sectionIcon(props.assets.division()?.by ?? 'asset_type', section.value)}
                    open={open.isOpen(keyOf(section.value))}
                    selected={selectedIn(section)}
                  />
                </div>
              )}
            </For>
          </Show>
          <Show when={pointer.box()}>
            {(box) => (
              <div
                class={styles['box']}
                role="presentation"
                style={{
                  left: `${box().left}px`,
                  top: `${view.place(box().top)}px`,
                  width: `${box().right - box().left}px`,
                  height: `${box().bottom - box().top}px`,
                }}
              />
            )}
          </Show>
        </div>
      </div>
      <p class="visually-hidden" role="status">
        {focusedSection()}
      </p>
      <Show when={finding()}>
        <NameFinder
          replica={replica}
          question={props.assets.question()}
          onFound={(id) => {
            const index = props.assets.order().indexOf(id);
            props.selection.focus(index);
            if (index !== -1) view.reveal(index);
          }}
          onClose={() => {
            setFinding(false);
            scroller.focus({ preventScroll: true });
          }}
        />
      </Show>
    </div>
  );

  /** A section may be taller than what can be drawn; its header sticks within the drawn part. */
  function sectionPlace({ top, height }: PlacedSection) {
    const start = Math.max(0, view.place(top));
    const end = Math.min(view.scale().height, view.place(top + height));
    return { top: `${start}px`, height: `${Math.max(0, end - start)}px` };
  }
}
