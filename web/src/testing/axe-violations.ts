/** Asks axe-core about a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The rules whose result depends on colours, all that a theme changes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** @returns each violation in one line: its rule, where, and why. */
export async function violations(page: Page, theme: 'dark' | 'light'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (theme === 'light') axe.withRules(COLOUR_RULES);
  // An open menu lies beside the page's landmarks. axe-core exempts dialogs from this rule, and not menus.
  else if ((await page.getByRole('menu').count()) > 0) axe.disableRules('region');
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 240)} ${failureSummary?.replaceAll('\n', ' ')}`),
  );
}
