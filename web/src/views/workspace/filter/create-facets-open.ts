/** Whether the facets are shown: beside the list unless a person has hidden them, or as a sheet where there is no room. */
import { type Accessor, createSignal } from 'solid-js';
import { z } from 'zod';
import { createPreference } from '../../../preferences/create-preference.ts';
import { createMediaQuery } from '../../../ui/create-media-query.ts';

const [isColumnShown, showColumn] = createPreference('facets', z.boolean(), true);

export interface FacetsOpen {
  readonly open: Accessor<boolean>;
  toggle(): void;
  /** Closes the sheet. @returns false where there is none. */
  closeSheet(): boolean;
  /** Takes the sheet's element, which gets the focus: its button lies before the list. */
  ref(element: HTMLElement): void;
}

export function createFacetsOpen(): FacetsOpen {
  const isNarrow = createMediaQuery('(max-width: 1180px)');
  const [sheet, setSheet] = createSignal(false);
  return {
    open: () => (isNarrow() ? sheet() : isColumnShown()),
    toggle: () => (isNarrow() ? setSheet((before) => !before) : showColumn(!isColumnShown())),
    closeSheet() {
      if (!isNarrow() || !sheet()) return false;
      setSheet(false);
      return true;
    },
    ref(element) {
      if (isNarrow()) queueMicrotask(() => element.querySelector('button')?.focus());
    },
  };
}
