/** The grid's keys: to move, select, open, and close sections. They work while the grid or nothing has the focus. */
import { createShortcuts } from '../../../shortcuts/create-shortcuts.ts';
import type { ScopeAssets } from '../list/create-scope-assets.ts';
import type { Selection } from '../list/create-selection.ts';
import type { GridWindow } from './create-grid-window.ts';
import type { GridLayout, PlacedSection } from './grid-layout.ts';
import { moveFocus } from './move-focus.ts';

export interface GridKeysInput {
  readonly scroller: () => HTMLElement;
  readonly layout: () => GridLayout;
  readonly view: GridWindow;
  readonly assets: Pick<ScopeAssets, 'order' | 'whole' | 'untilWhole'>;
  readonly selection: Selection;
  readonly onOpen: () => void;
  readonly onToggleSection: (section: PlacedSection) => void;
  readonly onToggleSections: () => void;
  readonly onSelectSection: (section: PlacedSection) => void;
  readonly onFindName: () => void;
}

export function createGridKeys(input: GridKeysInput): void {
  const { layout, view, assets, selection } = input;

  const isHere = ({ target }: KeyboardEvent) =>
    target === document.body || (target instanceof Node && input.scroller().contains(target));

  function pageRows(): number {
    const { top, bottom } = layout().extentOf(selection.focusIndex());
    return Math.max(1, Math.floor((view.height() - layout().header) / Math.max(1, bottom - top)));
  }

  /** Moves the keyboard focus. Waits for the whole order when the target lies beyond the known part. */
  async function move(key: string, extend: boolean): Promise<void> {
    let target = moveFocus(key, selection.focusIndex(), layout(), pageRows());
    if (target === null) return;
    if ((key === 'End' && !assets.whole()) || target >= assets.order().length) {
      if (!(await assets.untilWhole())) return;
      target = moveFocus(key, selection.focusIndex(), layout(), pageRows()) ?? target;
    }
    const index = Math.min(target, assets.order().length - 1);
    if (extend) selection.rangeTo(index);
    else selection.focus(index);
    view.reveal(index);
  }

  const moves = (extend: boolean) => (event: KeyboardEvent) => {
    if (!isHere(event)) return false;
    void move(event.key, extend);
    return true;
  };
  const onSection = (act: (section: PlacedSection) => void) => () => {
    const section = layout().sectionOf(selection.focusIndex());
    if (section === undefined || layout().header === 0) return false;
    act(section);
    return true;
  };

  createShortcuts({
    move: moves(false),
    moveFar: moves(false),
    selectRange: moves(true),
    // Served by clicks; listed among the keys of the page.
    selectMore: () => false,
    select: (event) => isHere(event) && selection.toggle(selection.focusIndex()),
    open: (event) => isHere(event) && input.onOpen(),
    toggleSection: onSection(input.onToggleSection),
    toggleSections: onSection(input.onToggleSections),
    selectSection: onSection(input.onSelectSection),
    findName: input.onFindName,
  });
}
