import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../testing/launch-chromium.ts';
import { PACKAGE_ID, PROJECT_ID } from '../../testing/seed.ts';

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
  await page.goto(`${server.resolvedUrls?.local[0]}packages/${PACKAGE_ID}?assets=700`);
  await page.locator('[data-index="0"][title]').waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const palette = () => page.getByRole('combobox', { name: 'Search or jump' });
const field = () => page.getByRole('combobox', { name: 'Search everything' });
const group = (name: RegExp | string) => page.getByRole('group', { name });
const path = () => new URL(page.url()).pathname;
async function until(read: () => Promise<unknown> | unknown, value: unknown): Promise<void> {
  await expect.poll(read).toEqual(value);
}
/** Reads the option that the arrow keys are on. */
function activeOption(name: string): Promise<string | null> {
  return page.getByRole('combobox', { name }).evaluate((input) => {
    const id = input.getAttribute('aria-activedescendant');
    return (id === null ? null : document.getElementById(id)?.textContent) ?? null;
  });
}

test('Palette: does to the selection what was typed, while the focus was in a field', async () => {
  await page.getByRole('listbox', { name: 'Assets' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await until(() => page.getByTestId('selected').textContent(), '2 assets selected');
  await page.getByRole('combobox', { name: 'Filter assets' }).focus();
  await page.keyboard.press('Control+k');
  await group('For 2 selected assets')
    .getByRole('option', { name: /^Approve/ })
    .waitFor();
  await palette().fill('flag');
  await page.keyboard.press('Enter');
  await until(() => palette().count(), 0);
  await until(() => page.locator('[data-index="0"]').getAttribute('data-review'), 'flagged');
  await until(() => page.locator('[data-index="1"]').getAttribute('data-review'), 'flagged');
});

test('Palette: leads to a thing by its words in any order and with a typing error, and offers it again as recent', async () => {
  await page.getByRole('button', { name: 'Search or jump' }).click();
  await palette().fill('northlihgt');
  await group('Go to')
    .getByRole('option', { name: /^Northlight/ })
    .waitFor();
  await until(() => activeOption('Search or jump'), expect.stringMatching(/^Northlight/));
  await page.keyboard.press('Enter');
  await until(path, `/projects/${PROJECT_ID}`);
  await page.keyboard.press('Control+k');
  await group('Recent')
    .getByRole('option', { name: /^delivery_03/ })
    .waitFor();
  await palette().fill('03 delivery');
  await until(() => activeOption('Search or jump'), expect.stringMatching(/^delivery_03/));
  await palette().fill('#take_7');
  await group('Tags')
    .getByRole('option', { name: /^take_7 Tag · \d+ assets$/ })
    .waitFor();
  await page.keyboard.press('Control+k');
  await until(() => palette().count(), 0);
});

test('SearchPage: finds “jane take” in names, groups and counts results, and goes through them by keyboard', async () => {
  await page.keyboard.press('Control+k');
  await palette().fill('take jane');
  await group('Search').getByRole('option').click();
  await until(path, '/search');
  await until(() => field().inputValue(), 'take jane');
  await group('Assets, 4')
    .getByRole('option', { name: /^jane_take_01\.mov/ })
    .waitFor();

  await field().fill('take');
  await group('Assets, 704').waitFor();
  expect(await group('Folders, 2').getByRole('option').count()).toBe(2);
  await group(/^Tags, 40/).waitFor();
  await until(() => new URL(page.url()).searchParams.get('q'), 'take');
  await until(() => activeOption('Search everything'), expect.stringMatching(/^take_00/));
  await page.keyboard.press('PageDown');
  const marked = group('Assets, 704').locator('[aria-selected=true]');
  await until(() => marked.count(), 1);
  expect(await marked.locator('b').allTextContents()).toContain('take');
  await page.keyboard.press('ArrowUp');
  await until(() => activeOption('Search everything'), expect.stringMatching(/^take_00/));
  await page.getByRole('button', { name: /^Tags/ }).click();
  await until(() => group(/^Assets/).count(), 0);
  expect(new URL(page.url()).searchParams.get('in')).toBe('tags');
});

test('SearchPage: opens all that it found in the grid, and keeps its text on the way back', async () => {
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await field().fill('jane-take');
  await group('Assets, 4').waitFor();
  await page.getByRole('option', { name: 'Open all 4 in the grid' }).click();
  await until(() => page.getByTestId('shown').textContent(), expect.stringMatching(/^4 of /));
  await page.goBack();
  await until(() => field().inputValue(), 'jane-take');
  await group('Assets, 4').waitFor();
});

test('SearchPage: says what to do when nothing is found, with the nearest spelling', async () => {
  await field().fill('northlight zzzz');
  await page.getByRole('heading', { name: 'Nothing on this device matches “northlight zzzz”' }).waitFor();
  await page.getByRole('button', { name: 'Search for “northlight”' }).click();
  await group('Projects, 1')
    .getByRole('option', { name: /^Northlight/ })
    .waitFor();
  expect(complaints).toEqual([]);
});
