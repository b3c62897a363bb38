import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Replica } from '../../replica/model/replica.ts';
import { launchChromium } from '../../testing/launch-chromium.ts';
import { PROJECT_ID } from '../../testing/seed.ts';

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
  await page.goto(`${server.resolvedUrls?.local[0]}packages/vfx?assets=1000`, { timeout: 150_000 });
  await row('delivery_03').getByText('1,000').first().waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await page.getByRole('link', { name: /^VFX packages/ }).click();
  await until(async () => (await names()).toSorted(), ['delivery_02_damaged', 'delivery_03']);
  // The keys of a list work from its heading too.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await until(() => bar().count(), 0);
});

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const names = () => page.locator('tr[data-row] a[data-opens]').allTextContents();
const bar = () => page.getByRole('toolbar', { name: 'Change the selected packages' });
const toast = (text: string) => page.getByRole('status').getByText(text);
async function until(read: () => Promise<unknown>, value: unknown): Promise<void> {
  await expect.poll(read).toEqual(value);
}

test('PackagesPage: sorts and filters by the heads of its columns, and the address holds both', async () => {
  await page.getByRole('button', { name: 'Package', exact: true }).click();
  await until(names, ['delivery_02_damaged', 'delivery_03']);
  await page.getByRole('button', { name: 'Package', exact: true }).click();
  await until(names, ['delivery_03', 'delivery_02_damaged']);
  expect(await page.getByRole('columnheader', { name: 'Package' }).getAttribute('aria-sort')).toBe('descending');

  await page.getByRole('button', { name: 'Filter by status' }).click();
  await page.getByRole('dialog', { name: 'Filter by status' }).getByRole('checkbox', { name: /Ready/ }).check();
  await until(names, ['delivery_03']);
  await page.keyboard.press('Escape');
  expect(new URL(page.url()).search).toBe('?sort=-name&status=ready');
  await page.getByText('1 package · 1,000 assets').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('damaged');
  await page.getByRole('heading', { name: 'No packages match' }).waitFor();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByRole('button', { name: 'Filter by status, on' }).waitFor({ state: 'detached' });
  await until(names, ['delivery_02_damaged']);
  await page.getByRole('searchbox', { name: /^Filter packages/ }).fill('');
});

test('PackagesPage: picks up and tags by keyboard alone, and takes both back', async () => {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await until(() => bar().getByText('2 packages selected').count(), 1);
  expect(await row('delivery_03').getAttribute('aria-selected')).toBe('true');

  await page.keyboard.press('p');
  await toast('Picked up 2 packages').waitFor();
  await until(
    () =>
      row('delivery_03')
        .getByTitle(/^Picked up /)
        .count(),
    1,
  );
  await page.keyboard.press('t');
  await page.keyboard.type('hero');
  await page.keyboard.press('Enter');
  await toast('Added “hero” to 2 packages').waitFor();
  await until(() => page.locator('tr[data-row]').getByText('hero', { exact: true }).count(), 2);

  await page.keyboard.press('Control+z');
  await until(() => page.locator('tr[data-row]').getByText('hero', { exact: true }).count(), 0);
  await page.keyboard.press('Control+z');
  await until(
    () =>
      row('delivery_03')
        .getByTitle(/^Picked up /)
        .count(),
    0,
  );
  await page.keyboard.press('Escape');
  await until(() => bar().count(), 0);
});

test('PackagesPage: edits several packages at once, and leaves what each has as it is', async () => {
  await row('delivery_03').getByRole('checkbox').check({ force: true });
  await page.keyboard.press('t');
  await page.keyboard.type('night');
  await page.keyboard.press('Enter');
  await toast('Added “night” to 1 package').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit 2 packages' });
  const night = dialog.getByRole('checkbox', { name: /night/ });
  expect(await night.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await night.click();
  await dialog.getByRole('textbox', { name: 'Add tags' }).fill('hero');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await toast('Changed 2 packages').waitFor();
  await until(() => row('delivery_02_damaged').getByTitle('night, hero').count(), 1);
  await until(() => row('delivery_03').getByTitle('night, hero').count(), 1);
  // The subject that only one of them has is still its own.
  expect(await row('delivery_03').getByText('jane_doe').count()).toBe(1);
  expect(await row('delivery_02_damaged').getByText('jane_doe').count()).toBe(0);
  await page.keyboard.press('Control+z');
  await until(() => row('delivery_03').getByTitle('night', { exact: true }).count(), 1);
  await page.keyboard.press('Control+z');
  await until(() => row('delivery_03').getByTitle('night').count(), 0);
  await page.keyboard.press('Escape');
});

test('PackagesPage: says what a deletion takes along, and brings it back', async () => {
  await row('delivery_03').getByRole('checkbox').check({ force: true });
  await bar().getByTitle('Delete 1 package and its 1,000 assets (restorable for 30 days)').click();
  await toast('Deleted 1 package and its 1,000 assets').waitFor();
  await until(names, ['delivery_02_damaged']);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await until(names, ['delivery_02_damaged', 'delivery_03']);
  await page.keyboard.press('Escape');
});

test('PackagesPage: draws only the rows on the screen of a long list, and goes to its last row by keyboard', async () => {
  await page.evaluate(async (project) => {
    const { replica } = (globalThis as unknown as { ingestHub: { replica: Replica } }).ingestHub;
    const made = Array.from({ length: 260 }, (_, index) => ({
      id: crypto.randomUUID(),
      name: `take_${String(index).padStart(3, '0')}`,
    }));
    for (const { id, name } of made) {
      const set = { name, type: 'atman' as const, project_id: project, source_path: `/mnt/nas/takes/${name}` };
      await replica.mutate('packages.create', { ids: [id], set });
    }
  }, PROJECT_ID);
  await page.getByRole('link', { name: /^ATMAN packages/ }).click();
  await page.getByRole('heading', { name: 'ATMAN packages' }).waitFor();
  const table = page.getByRole('table', { name: 'ATMAN packages' });
  await page.getByRole('button', { name: 'Package', exact: true }).click();
  // 262 packages, the head, and the head of their group.
  await until(() => table.getAttribute('aria-rowcount'), '264');
  expect(await page.locator('tr[data-row]').count()).toBeLessThan(120);
  await page.getByRole('heading', { name: 'ATMAN packages' }).click();
  await page.keyboard.press('End');
  await until(() => page.locator(':focus').textContent(), 'take_259');
  expect(await row('take_259').getAttribute('aria-rowindex')).toBe('264');
  await page.keyboard.press('Home');
  await until(() => page.locator(':focus').textContent(), 'delivery_04');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'delivery_04' }).waitFor();
});

test('ProjectsPage: narrows to a type, tags a project, and opens it from the keyboard', async () => {
  await page.getByRole('link', { name: /^Projects/ }).click();
  await page.getByRole('button', { name: 'VFX', exact: true }).click();
  await until(names, ['Northlight']);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await until(async () => (await names()).length, 2);
  await page.keyboard.press('/');
  await page.keyboard.type('north');
  await until(names, ['Northlight']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await row('Northlight').getByRole('checkbox').check({ force: true });
  const projects = page.getByRole('toolbar', { name: 'Change the selected projects' });
  await projects.getByTitle(/^Delete 1 project with 264 packages and 1,011 assets/).waitFor();
  await page.keyboard.press('t');
  await page.keyboard.type('season');
  await page.keyboard.press('Enter');
  await toast('Added “season” to 1 project').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Northlight', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});
