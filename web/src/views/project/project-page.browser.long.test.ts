import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../testing/launch-chromium.ts';
import { PROJECT_ID, SUBJECT_ID } from '../../testing/seed.ts';

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
  await page.goto(`${server.resolvedUrls?.local[0]}projects/${PROJECT_ID}?assets=1000`);
  await page.getByRole('heading', { name: 'Northlight' }).waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function until(read: () => Promise<unknown>, value: unknown): Promise<void> {
  await expect.poll(read, { timeout: 15_000 }).toEqual(value);
}
const address = () => new URL(page.url());
const openTab = (name: string) => page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name }).click();

test('ProjectPage: keeps the tab in the address, and counts packages and assets', async () => {
  const packages = page.getByRole('table', { name: 'Packages' });
  // Its assets, and its poses.
  await until(
    () =>
      packages
        .getByRole('row', { name: /delivery_03/ })
        .getByRole('cell', { name: '1,000' })
        .count(),
    2,
  );
  await openTab('Activity');
  await until(async () => address().pathname, `/projects/${PROJECT_ID}/activity`);
  await page.getByText('What others tagged or reviewed is not listed').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Ingested delivery_03' }).waitFor();
  await page.getByRole('button', { name: 'Packages and subjects' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Subject jane_doe was added' }).waitFor();
  expect(await page.getByText('Ingested').count()).toBe(0);
});

test('ProjectCoverage: names thin bins, and opens the pictures of a bin by keyboard', async () => {
  await openTab('Coverage');
  const card = page.getByRole('region', { name: 'jane_doe' });
  await card.getByText('1,000 poses').waitFor();
  await card.getByText('60 thin bins').waitFor();
  await page.getByLabel('Core poses').selectOption('30 20');
  await card.getByText('20 thin bins').waitFor();
  await page.getByRole('region', { name: 'Request list' }).getByRole('cell', { name: 'jane_doe' }).first().waitFor();
  await card.getByRole('application').focus();
  // The bin in the middle has faces.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await until(async () => address().pathname, `/projects/${PROJECT_ID}/assets`);
  await until(
    () => page.getByRole('combobox', { name: 'Filter assets' }).inputValue(),
    'pose:0..10,0..10 subject:jane_doe',
  );
  await until(
    async () => /^[1-9]\d* of 1,0\d\d shown$/.test((await page.getByTestId('shown').textContent()) ?? ''),
    true,
  );
});

test('SubjectTable: tags selected subjects, undoes it, and opens the subject', async () => {
  await openTab('Subjects');
  const row = page.getByRole('row', { name: /jane_doe/ });
  await row.getByText('60 of 72 thin').or(row.getByText('20 of 24 thin')).waitFor();
  await row.getByRole('checkbox').click();
  await page.keyboard.press('t');
  await page.keyboard.type('lead');
  await page.keyboard.press('Enter');
  await row.getByText('lead').waitFor();
  await page.keyboard.press('Control+z');
  await until(() => row.getByText('lead').count(), 0);
  await row.getByRole('link', { name: 'jane_doe' }).click();
  await until(async () => address().pathname, `/subjects/${SUBJECT_ID}`);
});

test('SubjectPage: shows poses as a map and a table, its packages, and opens all its assets', async () => {
  await page.getByRole('heading', { name: 'jane_doe' }).waitFor();
  const poses = page.getByRole('region', { name: 'Pose coverage' });
  await poses.getByText('1,000 of 1,011 have a pose').waitFor();
  await poses.getByRole('button', { name: 'Sharpness' }).click();
  await poses.getByRole('button', { name: 'Show as table' }).click();
  await poses.getByRole('columnheader', { name: 'Sharpness' }).waitFor();
  await page.getByRole('region', { name: 'Packages' }).getByRole('link', { name: 'delivery_03' }).waitFor();
  const sharpest = page.getByRole('region', { name: 'Sharpest per pose' });
  await sharpest.getByRole('link').first().waitFor();
  await page.getByRole('link', { name: 'Open all assets' }).click();
  await until(() => page.getByTestId('shown').textContent(), '1,011 of 1,011 shown');
});

test('PoseDock: compares with a package, shows the neighbours of a thin bin, and clears them by a double click', async () => {
  const field = page.getByRole('combobox', { name: 'Filter assets' });
  await page.keyboard.press('y');
  const dock = page.getByRole('complementary', { name: 'Poses' });
  await dock.getByText('1,000 faces').waitFor();
  await dock.getByLabel('Compare with').selectOption({ label: 'delivery_03' });
  // Its faces are those of the package: no share differs.
  await dock.getByText('More of delivery_03').waitFor();
  expect(await dock.getByRole('list', { name: 'Largest differences' }).getByRole('listitem').count()).toBe(0);
  await dock
    .getByRole('button', { name: /^Show the faces around/ })
    .first()
    .click();
  await until(async () => (await field.inputValue()).startsWith('pose:'), true);
  await dock.getByRole('application').dblclick();
  await until(() => field.inputValue(), '');
  await dock.getByRole('application').focus();
  await page.keyboard.press('+');
  await until(() => dock.getByRole('button', { name: '5°', exact: true }).getAttribute('aria-pressed'), 'true');
  expect(complaints).toEqual([]);
});
