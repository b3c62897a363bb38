/** The places that pictures are taken of, for each state of the library that has any. */
import { type AppPage, appPages, type LibraryIds, type Overlay, overlays } from '@ingesthub/web/testing/app-pages.ts';

export type Place = AppPage & Partial<Pick<Overlay, 'open'>>;

export const allPlaces: readonly Place[] = [...appPages, ...overlays];

/** The pages that exist without any project. */
export const pagesOfNothing: readonly Place[] = appPages.filter(({ path }) => !path(marked).includes('<'));

/** The pages that tell how the device and the server get on. */
export const pagesOffline: readonly Place[] = [
  ...appPages,
  ...overlays.filter(({ name }) => ['palette', 'sync-popover', 'panel', 'poses'].includes(name)),
];

/** Addresses of rows that do not exist. */
export const pagesOfNoRow: readonly Place[] = [
  { name: 'no-project', path: () => `/projects/${unknown}` },
  { name: 'no-subject', path: () => `/subjects/${unknown}` },
  { name: 'no-package', path: () => `/packages/${unknown}` },
  { name: 'wrong-filter', path: ({ faces }) => `/packages/${faces}?q=${encodeURIComponent('colour:red yaw:30..-30')}` },
];

const unknown = '01900000-0000-7000-8000-ffffffffffff';
const marked: LibraryIds = { project: '<project>', subject: '<subject>', faces: '<faces>', clips: '<clips>' };
