import path from 'node:path';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import type { Page } from 'playwright-core';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson, type Person } from './src/browser.ts';
import { CuttableNetwork } from './src/cuttable-network.ts';
import { PATIENCE } from './src/patience.ts';
import { Product } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';

const TIMEOUT = 60_000 * PATIENCE;
const stack = new AsyncDisposableStack();
let network: CuttableNetwork;
let sql: Sql;
let person: Person;
let page: Page;

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder());
  const options = { dataDir: path.join(folder.path, 'data'), mediaRoots: [folder.path] };
  const product = stack.use(await Product.start(options));
  sql = postgres(await product.databaseUrl(), { max: 1 });
  stack.defer(() => sql.end());
  await seedLibrary(sql, { assets: 600, projects: 2, packageSize: 300 });
  network = stack.use(await CuttableNetwork.to(product.port));
  person = stack.use(await newPerson(network.url));
  page = person.page;
  await page.getByTestId('replica-progress').filter({ hasText: 'Up to date' }).waitFor({ timeout: TIMEOUT });
});
afterAll(() => stack.disposeAsync());

/** Finds the first project by name, its first package, and the first file in that package. */
async function firstPackage() {
  const [row] = await sql<[{ project: string; package_id: string; package: string; file: string; assets: number }]>`
    SELECT projects.name AS project, packages.id AS package_id, packages.name AS package,
      min(lower(assets.name)) AS file, count(*)::integer AS assets
    FROM assets JOIN packages ON packages.id = assets.package_id JOIN projects ON projects.id = packages.project_id
    GROUP BY projects.id, packages.id ORDER BY lower(projects.name), lower(packages.name) LIMIT 1`;
  return row;
}

async function openProject(name: string): Promise<void> {
  await page
    .getByRole('link', { name: /^Projects/ })
    .first()
    .click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

test('browses and searches a project that is not kept through the server, and loads it again when it is kept', async () => {
  const found = await firstPackage();
  await openProject(found.project);
  await page.getByRole('button', { name: 'On this device' }).click();
  await page.getByRole('menuitemradio', { name: 'Do not keep on this device' }).click();
  await page.getByText('This project is not kept on this device.').waitFor({ timeout: TIMEOUT });

  await page.getByRole('link', { name: found.package, exact: true }).click();
  const firstTile = page.locator('[role=option][data-index="0"]');
  await firstTile.waitFor({ timeout: TIMEOUT });
  expect((await firstTile.getAttribute('title'))?.toLowerCase()).toContain(found.file);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or jump' }).fill(found.file.slice(0, -4));
  await page.getByRole('option', { name: /^Search everything for/ }).click();
  const fromServer = page.getByRole('group', { name: 'On the server only' }).getByRole('option').first();
  await fromServer.waitFor({ timeout: TIMEOUT });
  expect((await fromServer.textContent())?.toLowerCase()).toContain(found.file);

  await network.cut();
  await page.getByTestId('online').filter({ hasText: 'Offline' }).waitFor({ timeout: TIMEOUT });
  await page.getByText('cannot be searched while you’re offline').waitFor();
  await openProject(found.project);
  await page.getByText('the server does not answer: its assets cannot be shown or searched now').waitFor();
  await network.mend();

  await page.getByRole('button', { name: /^Keep on this device/ }).click();
  await page.getByRole('button', { name: 'Always on this device' }).waitFor({ timeout: TIMEOUT });
  await page.getByRole('link', { name: found.package, exact: true }).click();
  await page
    .getByTestId('shown')
    .filter({ hasText: `${found.assets} of ${found.assets} shown` })
    .waitFor({ timeout: TIMEOUT });
});

test('creates a project with an expected package, deletes it, and restores both', async () => {
  const { project } = await firstPackage();
  await page
    .getByRole('link', { name: /^Projects/ })
    .first()
    .click();
  await page.keyboard.press('n');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill(project.toUpperCase());
  await page.getByText('Another project has this name.').waitFor();
  expect(await page.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true);
  await name.fill('Harbour lights');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Harbour lights' }).waitFor();

  await page.keyboard.press('n');
  await name.fill('day one');
  await page.getByRole('textbox', { name: 'Source folder' }).fill('/mnt/harbour/day_01/');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'day one' }).waitFor();
  await page.getByTestId('unsent').filter({ hasText: 'All changes sent' }).waitFor({ timeout: TIMEOUT });
  expect(await sql`SELECT name, source_path FROM packages WHERE name = 'day one'`).toEqual([
    { name: 'day one', source_path: '/mnt/harbour/day_01' },
  ]);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Delete project/ }).click();
  await page.getByRole('heading', { name: 'Projects' }).waitFor();
  await page.getByRole('link', { name: 'Recently deleted' }).click();
  await page.getByRole('button', { name: 'Restore Harbour lights' }).click();
  await page.getByText('Nothing was deleted in the last 30 days.').waitFor();
  await openProject('Harbour lights');
  await page.getByRole('link', { name: 'day one' }).waitFor();
});

test('saves a filter, opens it from another page by name, renames it and deletes it', async () => {
  const { package_id: packageId } = await firstPackage();
  await page.goto(`${network.url}/packages/${packageId}?review=approved`);
  const saved = page.locator('button[aria-haspopup=dialog]').and(page.getByRole('button', { name: 'Saved filters' }));
  await saved.click();
  await page.getByRole('button', { name: 'Save this filter…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Approved of the first');
  await page.keyboard.press('Enter');
  await page.goto(`${network.url}/search`);
  await saved.click();
  await page.getByRole('button', { name: 'Rename Approved of the first' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Keepers');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await saved.click();
  await page.getByRole('link', { name: 'Keepers' }).click();
  await page.waitForURL(`**/packages/${packageId}?q=status%3Aapproved`);
  await saved.click();
  await page.getByRole('button', { name: 'Delete Keepers' }).click();
  await page.getByText('No saved filters yet.').waitFor();
});

test('shows why a project created offline was rejected when its name is taken meanwhile, and discards it', async () => {
  await page.getByRole('link', { name: 'Projects', exact: true }).first().click();
  await network.cut();
  await page.getByTestId('online').filter({ hasText: 'Offline' }).waitFor({ timeout: TIMEOUT });
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).fill('Meridian nights');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Meridian nights' }).waitFor();
  await page.getByRole('button', { name: /^Sync, Offline/ }).click();
  await page.getByRole('link', { name: 'Open Sync' }).click();
  const waiting = page.getByRole('region', { name: 'Waiting to be sent' });
  await waiting.getByText('Create project “Meridian nights”').waitFor();
  await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'meridian nights', 'atman')`;

  await network.mend();
  const refused = page.getByRole('region', { name: 'Refused by the server' });
  await refused.getByText('The name “Meridian nights” is taken by another project').waitFor({ timeout: TIMEOUT });
  await waiting.getByText('All changes sent.').waitFor();
  await refused.getByRole('button', { name: 'Discard' }).click();
  await refused.getByText('No change was refused.').waitFor();
  await openProject('meridian nights');
  expect(person.complaints).toEqual([]);
});
