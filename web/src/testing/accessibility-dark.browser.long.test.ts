/** Visits every page and everything that opens over one with axe-core, in the dark theme. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appPages, overlays } from './app-pages.ts';
import { violations } from './axe-violations.ts';
import { type DevelopmentPage, openDevelopmentPage, visit } from './development-page.ts';

let app: DevelopmentPage;
beforeAll(async () => {
  // Without motion, nothing is halfway between two looks.
  app = await openDevelopmentPage('assets=60', { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
});
afterAll(() => app[Symbol.asyncDispose]());

const FLOATING = '[role=dialog], [role=menu]';

describe('axe-core in the dark theme', () => {
  test.each(appPages)('finds nothing on $name', async (appPage) => {
    await visit(app.page, appPage);
    expect(await violations(app.page, 'dark')).toEqual([]);
  });

  test.each(overlays)('finds nothing with $name open', async (overlay) => {
    await visit(app.page, overlay);
    await overlay.open(app.page);
    if (overlay.floats) await app.page.locator(FLOATING).last().waitFor();
    expect(await violations(app.page, 'dark')).toEqual([]);
  });
});
