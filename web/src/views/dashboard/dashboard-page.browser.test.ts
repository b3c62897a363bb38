import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../testing/launch-chromium.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

let server: ViteDevServer;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  server = await createServer({
    root,
    configFile: `${root}src/testing/vite.config.ts`,
    server: { port: 0, hmr: false },
    logLevel: 'error',
  });
  await server.listen();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.resolvedUrls?.local[0]}?assets=1000`, { timeout: 120_000 });
  await figure('1,011 assets in the library').waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const figure = (name: string) =>
  page.getByRole('navigation', { name: 'The library in numbers' }).getByRole('link', { name });
const card = (name: string) => page.getByRole('region', { name });

test('the dashboard: compares over a day, a week and a month by key', async () => {
  await figure('1,011 assets in the library, 1,011 more in 7 days').waitFor();
  await page.keyboard.press('1');
  await figure('1,011 assets in the library, no change today').waitFor();
  expect(await page.getByRole('button', { name: 'Today' }).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('3');
  await figure('1,011 more in 30 days').waitFor();
  expect(await card('Reviewed per day').getByRole('listitem').count()).toBe(30);
  await page.keyboard.press('2');
  expect(await card('Reviewed per day').getByRole('listitem').count()).toBe(7);
});

test('the dashboard: shows ingests, folders, types and recent packages, each with its page', async () => {
  const ingest = card('Ingest now');
  expect(await ingest.getByRole('progressbar').getAttribute('value')).toMatch(/^0\.6/);
  await ingest.getByText('/mnt/nas/northlight/HARBOUR_DAY03').waitFor();
  await card('By type')
    .getByRole('link', { name: /^Aligned: 1,000 assets, / })
    .waitFor();
  const row = card('Recent packages').getByRole('row').filter({ hasText: 'delivery_03' });
  await row.getByText('Ready').waitFor();
  await row.getByRole('link', { name: 'delivery_03' }).click();
  await page.getByRole('heading', { name: 'delivery_03' }).waitFor();
  await page.goBack();
});

test('the dashboard: leads by keyboard to the files that need attention', async () => {
  const attention = card('Needs attention');
  await attention.getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('2 damaged files');
  await page.keyboard.press('Enter');
  await expect.poll(() => decodeURIComponent(new URL(page.url()).search)).toBe('?q=problem:');
  expect(complaints).toEqual([]);
});
