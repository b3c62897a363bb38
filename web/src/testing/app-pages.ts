/** Every page of the app, and everything that opens over one: for pictures of them, and for tests that visit them all. */
import type { Page } from 'playwright-core';

/** The rows of a library that pages are about. */
export interface LibraryIds {
  readonly project: string;
  readonly subject: string;
  /** A package with faces. */
  readonly faces: string;
  /** A package with videos, sounds and sequences. */
  readonly clips: string;
}

export interface AppPage {
  /** Lower case with hyphens, as its picture is named. */
  readonly name: string;
  readonly path: (ids: LibraryIds) => string;
}

export const appPages: readonly AppPage[] = [
  { name: 'dashboard', path: () => '/' },
  { name: 'projects', path: () => '/projects' },
  { name: 'project', path: ({ project }) => `/projects/${project}` },
  { name: 'project-subjects', path: ({ project }) => `/projects/${project}?tab=subjects` },
  { name: 'project-poses', path: ({ project }) => `/projects/${project}?tab=poses` },
  { name: 'project-activity', path: ({ project }) => `/projects/${project}?tab=activity` },
  { name: 'subjects', path: () => '/subjects' },
  { name: 'subject', path: ({ subject }) => `/subjects/${subject}` },
  { name: 'atman-packages', path: () => '/packages/atman' },
  { name: 'vfx-packages', path: () => '/packages/vfx' },
  { name: 'package-faces', path: ({ faces }) => `/packages/${faces}` },
  { name: 'package-clips', path: ({ clips }) => `/packages/${clips}` },
  { name: 'assets', path: () => '/assets' },
  { name: 'search-empty', path: () => '/search' },
  { name: 'search', path: () => '/search?q=jane' },
  { name: 'sync', path: () => '/sync' },
  { name: 'settings', path: () => '/settings' },
  { name: 'deleted', path: () => '/deleted' },
  { name: 'corrections', path: () => '/corrections' },
  { name: 'not-found', path: () => '/no-such-page' },
];

export interface Overlay extends AppPage {
  /** Opens it by keyboard. */
  readonly open: (page: Page) => Promise<void>;
  /** Whether it takes the focus until it closes: a dialog, popover or menu. */
  readonly floats: boolean;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const choose = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().press('Enter');
const onFirstTile = (key: string) => async (page: Page) => {
  await page.getByRole('listbox', { name: 'Assets' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press(key);
};
const faces = ({ faces }: LibraryIds) => `/packages/${faces}`;

/** Dialogs, popovers, menus and docked parts, each with the page below it. */
export const overlays: readonly Overlay[] = [
  { name: 'palette', path: () => '/projects', open: press('Control+k'), floats: true },
  { name: 'keyboard-help', path: () => '/projects', open: press('?'), floats: true },
  { name: 'sync-popover', path: () => '/projects', open: choose(/^Sync, /), floats: true },
  { name: 'new-project', path: () => '/projects', open: press('n'), floats: true },
  { name: 'columns-menu', path: () => '/projects', open: choose('Columns'), floats: true },
  { name: 'project-edit', path: ({ project }) => `/projects/${project}`, open: choose(/^Edit/), floats: true },
  { name: 'panel', path: faces, open: onFirstTile('Enter'), floats: false },
  { name: 'selection', path: faces, open: onFirstTile('Space'), floats: false },
  { name: 'tag-popover', path: faces, open: onFirstTile('t'), floats: true },
  { name: 'edit-assets', path: faces, open: onFirstTile('e'), floats: true },
  { name: 'poses', path: faces, open: press('y'), floats: false },
  { name: 'filter-help', path: faces, open: choose('How to write a filter'), floats: true },
  {
    name: 'filter-completion',
    path: faces,
    open: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('tag:');
    },
    floats: false,
  },
  {
    name: 'filter-problem',
    path: faces,
    open: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('colour:red ');
    },
    floats: false,
  },
  { name: 'keep-offline', path: faces, open: choose(/^Keep offline|^Kept offline/), floats: true },
  { name: 'package-edit', path: faces, open: choose(/^Edit/), floats: true },
  { name: 'new-correction', path: () => '/corrections', open: choose(/^New correction|^Add/), floats: true },
];

/** Waits until a page shows what it is about: its heading, its fonts, and every picture that has been asked for. */
export async function settle(page: Page): Promise<void> {
  await page.locator('main h1, main [aria-busy], main p').first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('main [aria-busy="true"]') === null &&
      document.fonts.status === 'loaded' &&
      [...document.images].every((image) => image.complete || image.loading === 'lazy'),
    undefined,
    { timeout: 30_000 },
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Follows a link to a path within the app, without loading it again. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForFunction((href) => location.pathname + location.search === href, path);
}
