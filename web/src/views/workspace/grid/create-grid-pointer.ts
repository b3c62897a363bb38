/** Serves clicks, drags and touches in the grid. */
import { type Accessor, createSignal } from 'solid-js';
import type { ScopeAssets } from '../list/create-scope-assets.ts';
import type { Selection } from '../list/create-selection.ts';
import { spriteSource } from '../tile/preview-source.ts';
import { createLongPress } from './create-long-press.ts';
import { createMarquee } from './create-marquee.ts';
import { createScrub } from './create-scrub.ts';
import type { GridLayout, PlacedSection } from './grid-layout.ts';
import { type Box, marqueeHits } from './marquee-hits.ts';
import { headerPart } from './section-header.tsx';

export interface GridPointerInput {
  readonly scroller: () => HTMLElement;
  readonly layout: () => GridLayout;
  /** The width of a tile, and the gap after it. */
  readonly tile: () => { readonly width: number; readonly gap: number };
  readonly position: Accessor<number>;
  readonly scrollTo: (position: number) => void;
  readonly assets: Pick<ScopeAssets, 'order' | 'tile'>;
  readonly selection: Selection;
  readonly onOpen: () => void;
  readonly onToggleSection: (section: PlacedSection) => void;
  readonly onSelectSection: (section: PlacedSection) => void;
}

export interface GridPointer {
  /** The box that is being dragged, in pixels of the layout. */
  readonly box: Accessor<Box | null>;
  onClick(event: MouseEvent): void;
  onDoubleClick(event: MouseEvent): void;
  onContextMenu(event: MouseEvent): void;
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerEnd(): void;
  /** Call when the pointer leaves the grid, or the grid moves below it. */
  onLeave(): void;
}

export function createGridPointer(input: GridPointerInput): GridPointer {
  const { assets, selection } = input;
  const scrub = createScrub((tile) => {
    const id = assets.order().at(Number(tile.dataset['index']));
    const asset = id === undefined ? undefined : assets.tile(id);
    return asset ? spriteSource(asset) : null;
  });

  let before: ReadonlySet<string> = new Set();
  const marquee = createMarquee({
    ...input,
    onBegin: () => {
      before = selection.ids();
    },
    onBox(box, adds) {
      const ids = new Set(adds ? before : []);
      for (const { start, end } of marqueeHits(input.layout(), box, input.tile())) {
        for (const id of assets.order().slice(start, end)) ids.add(id);
      }
      selection.replace(ids);
    },
  });

  // After a long press, taps add and remove until nothing is selected.
  const [touching, setTouching] = createSignal(false);
  const press = createLongPress((target) => {
    const index = indexOf(target);
    if (index === null) return;
    setTouching(true);
    selection.toggle(index);
  });

  function headerOf(target: EventTarget | null): { section: PlacedSection; part: string | null } | null {
    const number = dataOf(target, 'section');
    const section = number === null ? undefined : input.layout().sections[Number(number)];
    return section ? { section, part: dataOf(target, 'part') } : null;
  }

  function clickTile(index: number, event: MouseEvent): void {
    const adds = event.ctrlKey || event.metaKey;
    if (selection.ids().size === 0) setTouching(false);
    if (event.shiftKey) selection.rangeTo(index, { add: adds });
    else if (adds || touching()) selection.toggle(index);
    else selection.only(index);
  }

  return {
    box: marquee.box,
    onClick(event) {
      if (marquee.endedDrag() || press.endedPress()) return;
      const header = headerOf(event.target);
      const index = indexOf(event.target);
      if (header?.part === headerPart.toggle) input.onToggleSection(header.section);
      else if (header?.part === headerPart.select) input.onSelectSection(header.section);
      else if (index !== null) clickTile(index, event);
      else if (header === null) selection.clear();
      // A tile that has the focus would keep it when it shows another asset.
      input.scroller().focus({ preventScroll: true });
    },
    onDoubleClick(event) {
      if (indexOf(event.target) !== null) input.onOpen();
    },
    onContextMenu(event) {
      if (touching()) event.preventDefault();
    },
    onPointerDown(event) {
      press.onPointerDown(event);
      if (indexOf(event.target) === null && dataOf(event.target, 'part') === null) marquee.onPointerDown(event);
    },
    onPointerMove(event) {
      press.onPointerMove(event);
      scrub.onPointerMove(event);
    },
    onPointerEnd: press.onPointerEnd,
    onLeave: scrub.hide,
  };
}

function indexOf(target: EventTarget | null): number | null {
  const index = dataOf(target, 'index');
  return index === null ? null : Number(index);
}

/** Returns a data attribute of the element itself or the closest one around it that has it. */
function dataOf(target: EventTarget | null, name: 'index' | 'section' | 'part'): string | null {
  const element = target instanceof Element ? target.closest<HTMLElement>(`[data-${name}]`) : null;
  return element?.dataset[name] ?? null;
}
