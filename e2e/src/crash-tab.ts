import type { Page } from 'playwright-core';

/** Kills the process of a tab, with its worker, as the system does when it runs out of memory. */
export async function crashTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  // It is not answered any more.
  session.send('Page.crash').catch(() => {});
  await crashed;
}
