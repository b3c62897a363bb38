/** Whether the sidebar shows icons only: a choice kept for each kind of page. */

import { z } from 'zod';
import { createPreference } from '../preferences/create-preference.ts';
import { createShortcuts } from '../shortcuts/create-shortcuts.ts';
import { createMediaQuery } from '../ui/create-media-query.ts';
import type { PageKind } from '../ui/page-place.ts';

const [narrowed, setNarrowed] = createPreference(
  'narrow-sidebar',
  z.object({ lists: z.boolean(), pictures: z.boolean() }),
  { lists: false, pictures: true },
);

/** Below this width there is no room for names: `components.css` hides other things there too. */
const SMALL = '(max-width: 1180px)';

export function createSidebarWidth(kind: () => PageKind) {
  const small = createMediaQuery(SMALL);
  const narrow = () => small() || narrowed()[kind()];
  const toggle = () => {
    if (!small()) setNarrowed({ ...narrowed(), [kind()]: !narrow() });
  };
  createShortcuts({ sidebar: toggle });
  return { narrow, toggle };
}
