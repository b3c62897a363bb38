import type { Page } from 'playwright-core';

/** Kills the process of a tab with its workers, as the system does when it runs out of memory. */
export async function crashTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  // The crashed page never answers.
  session.send('Page.crash').catch(() => {});
  await crashed;
}
