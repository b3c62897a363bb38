import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../testing/launch-chromium.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let server: ViteDevServer;
let browser: Browser;
let page: Page;

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
  await page.goto(`${server.resolvedUrls?.local[0]}corrections?assets=1`, { waitUntil: 'commit' });
  await page.getByText('No corrections yet.').waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('CorrectionsPage: adds, edits and removes a correction by keyboard alone, and tells where it would apply', async () => {
  await page.getByRole('button', { name: 'Add correction' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Zib');
  await dialog.getByLabel('Subject').fill('Jane Doe');
  await dialog
    .getByText('It applies to 3 files of 1 delivery that wait for a decision; 2 of them would change.')
    .waitFor();
  expect(await dialog.locator('li').allTextContents()).toEqual(['HARBOUR_DAY03/zib/', 'HARBOUR_DAY03/zib_b.mov']);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  const row = page.getByRole('row', { name: /Zib is the person Jane Doe/ });
  await row.getByText('The whole studio').waitFor();

  await row.getByRole('button', { name: 'Edit Zib' }).press('Enter');
  await dialog.getByLabel('Subject').fill('Zib Quor');
  await dialog.getByLabel('Holds for').selectOption({ label: 'Northlight' });
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  const edited = page.getByRole('row', { name: /Zib is the person Zib Quor/ });
  await edited.getByText('Northlight').waitFor();

  await edited.getByRole('button', { name: 'Remove Zib' }).press('Enter');
  await page.getByText('No corrections yet.').waitFor();
});
