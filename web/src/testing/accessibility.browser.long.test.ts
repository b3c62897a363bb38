/** Visits every page and everything that opens over one: with axe-core in both themes, and by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appPages, overlays } from './app-pages.ts';
import { type DevelopmentPage, openDevelopmentPage, visit } from './development-page.ts';
import { walkByKeyboard } from './walk-by-keyboard.ts';

let app: DevelopmentPage;
beforeAll(async () => {
  // Without motion, nothing is halfway between two looks.
  app = await openDevelopmentPage('assets=60', { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
});
afterAll(() => app[Symbol.asyncDispose]());

const FLOATING = '[role=dialog], [role=menu]';
/** The rules whose result depends on colours, all that a theme changes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** @returns each violation in one line: its rule, where, and why. */
async function violations(page: Page, theme: 'dark' | 'light'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (theme === 'light') axe.withRules(COLOUR_RULES);
  // An open menu lies beside the page's landmarks. axe-core exempts dialogs from this rule, and not menus.
  else if ((await page.getByRole('menu').count()) > 0) axe.disableRules('region');
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 240)} ${failureSummary?.replaceAll('\n', ' ')}`),
  );
}

describe.each(['dark', 'light'] as const)('axe-core in the %s theme', (theme) => {
  beforeAll(() =>
    app.page.evaluate((chosen) => {
      document.documentElement.dataset['theme'] = chosen;
    }, theme),
  );

  test.each(appPages)('finds nothing on $name', async (appPage) => {
    await visit(app.page, appPage);
    expect(await violations(app.page, theme)).toEqual([]);
  });

  test.each(overlays)('finds nothing with $name open', async (overlay) => {
    await visit(app.page, overlay);
    await overlay.open(app.page);
    if (overlay.floats) await app.page.locator(FLOATING).last().waitFor();
    expect(await violations(app.page, theme)).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  test.each(appPages)('reaches everything on $name, and shows where it is', async (appPage) => {
    await visit(app.page, appPage);
    const { reached, missed, unseen } = await walkByKeyboard(app.page);
    expect(reached.length).toBeGreaterThan(5);
    expect({ missed, unseen }).toEqual({ missed: [], unseen: [] });
  });

  test.each(overlays.filter(({ floats }) => floats))(
    'opens $name, goes round it, and returns to where it was',
    async (overlay) => {
      await visit(app.page, overlay);
      await app.page.evaluate(() => {
        const note = () => Object.assign(globalThis, { pressedAt: document.activeElement });
        document.addEventListener('keydown', note, { capture: true });
      });
      await overlay.open(app.page);
      const floating = app.page.locator(FLOATING).last();
      await floating.waitFor();
      await expect.poll(() => floating.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      const before = await app.page.evaluateHandle(() => (globalThis as unknown as { pressedAt: Element }).pressedAt);
      await app.page.keyboard.press('Escape');
      await floating.waitFor({ state: 'detached' });
      await expect.poll(() => before.evaluate((element) => document.activeElement === element)).toBe(true);
    },
  );
});
