/** The development page in Chromium, for tests that visit many pages of one made-up library. */
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createServer } from 'vite';
import { type AppPage, goTo, type LibraryIds, settle } from './app-pages.ts';
import { CLIP_PACKAGE_ID } from './fill-library.ts';
import { launchChromium } from './launch-chromium.ts';
import { PACKAGE_ID, PROJECT_ID, SUBJECT_ID } from './seed.ts';

export const madeUpIds: LibraryIds = {
  project: PROJECT_ID,
  subject: SUBJECT_ID,
  faces: PACKAGE_ID,
  clips: CLIP_PACKAGE_ID,
};

export interface DevelopmentPage extends AsyncDisposable {
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** @param query the library: `assets=1000`, `assets=0`, `assets=100&loading`. */
export async function openDevelopmentPage(
  query: string,
  options: BrowserContextOptions = { viewport: { width: 1440, height: 900 } },
): Promise<DevelopmentPage> {
  await using stack = new AsyncDisposableStack();
  const root = new URL('../../', import.meta.url).pathname;
  const server = await createServer({
    root,
    configFile: `${root}src/testing/vite.config.ts`,
    server: { port: 0, host: '127.0.0.1', hmr: false },
    logLevel: 'error',
  });
  stack.defer(() => server.close());
  await server.listen();
  const browser = await launchChromium();
  stack.defer(() => browser.close());
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${url}projects?${query}`, { timeout: 150_000 });
  await page.locator('main h1').waitFor({ timeout: 150_000 });
  const owned = stack.move();
  return { url, context, page, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Opens a page of the made-up library as it is at first: nothing open above it, and nothing focused. */
export async function visit(page: Page, { path }: AppPage): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await goTo(page, path(madeUpIds));
  await settle(page);
}
