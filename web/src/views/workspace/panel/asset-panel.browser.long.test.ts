import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../../../testing/launch-chromium.ts';
import { PACKAGE_ID } from '../../../testing/seed.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

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
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.resolvedUrls?.local[0]}packages/${PACKAGE_ID}?assets=300`, { timeout: 120_000 });
  await tile(0).waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
// All tests share a page. Each starts with the first asset focused, nothing selected and no panel.
beforeEach(async () => {
  await grid().focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press('Escape');
  await panel().waitFor({ state: 'detached' });
  await page.keyboard.press('Home');
});

const grid = () => page.getByRole('listbox', { name: 'Assets' });
const tile = (index: number) => page.locator(`[data-index="${index}"][title]`);
const panel = () => page.getByRole('complementary', { name: 'Asset' });
const notice = (text: string | RegExp) => page.getByText(text).first();
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
async function until(read: () => Promise<unknown>, value: unknown): Promise<void> {
  await expect.poll(read).toEqual(value);
}
async function selectTo(index: number): Promise<void> {
  await tile(0).click();
  await tile(index).click({ modifiers: ['Shift'] });
}

test('AssetPanel: opens by Enter, takes the keys on a second Enter, and keeps the zoom between neighbours', async () => {
  await page.keyboard.press('Enter');
  const picture = () => panel().getByRole('group', { name: /Plus and minus zoom/ });
  await picture().waitFor();
  await page.keyboard.press('Enter');
  await until(() => picture().evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('1');
  await panel().getByRole('button', { name: 'Zoom 100%: fit the picture' }).waitFor();
  const first = await panel().getByRole('heading', { level: 2 }).textContent();
  await grid().focus();
  await page.keyboard.press('ArrowRight');
  await until(async () => (await panel().getByRole('heading', { level: 2 }).textContent()) === first, false);
  await panel().getByRole('button', { name: 'Zoom 100%: fit the picture' }).waitFor();
  await page.keyboard.press('z');
  await panel()
    .getByRole('button', { name: /show 100%/ })
    .waitFor();
  await page.keyboard.press(']');
  await panel().waitFor({ state: 'detached' });
});

test('AssetPanel: tells what was read of a face, draws its landmarks, and finds its source', async () => {
  await page.keyboard.press('Enter');
  await panel().getByRole('tab', { name: 'Face' }).click();
  const face = panel().getByRole('tabpanel');
  await face.getByText('whole_face').waitFor();
  expect(await panel().locator('circle[stroke-width]').count()).toBe(0);
  await face.getByRole('checkbox', { name: 'Draw landmarks over the picture' }).check();
  await until(() => panel().locator('circle[stroke-width]').count(), 21);

  // The first crop's source is in no package.
  await face.getByRole('button', { name: 'Show in source' }).click();
  await panel().getByText('No asset of this project is called unknown_1.png.').waitFor();
  await panel().getByRole('button', { name: 'Back to the crop' }).click();
  // The second crop's is frame 10 of a clip of another package.
  await grid().focus();
  await page.keyboard.press('ArrowRight');
  await face.getByText('jane_take_01_000010.png').waitFor();
  await face.getByRole('button', { name: 'Show in source' }).click();
  await panel().getByRole('link', { name: 'jane_take_01.mov' }).waitFor();
  await panel().getByText('frame 10').waitFor();
  await panel().getByRole('button', { name: 'Back to the crop' }).click();
});

test('AssetPanel: copies paths and commands as this computer has the files, and says when the clipboard refuses', async () => {
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+c');
  await until(clipboard, '/mnt/nas/northlight/delivery_03/aligned/take_000/A001_00000_1.png');
  await panel().getByRole('button', { name: 'Copy a path or command' }).click();
  await page.getByRole('menuitem', { name: 'Paths on this computer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paths on this computer' });
  await dialog.getByRole('textbox', { name: 'On this computer, line 1' }).fill('/Volumes/my nas');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await grid().focus();
  await page.keyboard.press('Control+Shift+c');
  await until(clipboard, "rv '/Volumes/my nas/northlight/delivery_03/aligned/take_000/A001_00000_1.png'");

  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.keyboard.press('Control+c');
  await notice('Could not copy the path: the browser did not let the page use the clipboard').waitFor();
  await page.evaluate(() => {
    Reflect.deleteProperty(navigator.clipboard, 'write');
    localStorage.removeItem('path-mappings');
  });
});

test('EditDialog: changes tags, status, camera and type of a selection as one step that one undo takes back', async () => {
  await selectTo(17);
  await page.keyboard.press(']');
  await panel().getByRole('heading', { name: '18 assets' }).waitFor();
  const hero = panel().getByRole('checkbox', { name: /^hero/ });
  expect(await hero.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit 18 assets' });
  await dialog.getByRole('checkbox', { name: /^hero/ }).click();
  await dialog.getByRole('combobox', { name: 'Status' }).selectOption('Flagged');
  await dialog.getByRole('combobox', { name: 'Camera' }).selectOption('Set to…');
  await dialog.getByRole('textbox', { name: 'Camera’s name' }).fill('witness');
  await dialog.getByRole('combobox', { name: 'Type' }).selectOption('Plate');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await notice('Edited 18 assets').waitFor();
  const fact = (name: string) => panel().locator(`dt:text-is("${name}") + dd`).textContent();
  await until(() => fact('Camera'), 'witness');
  await until(() => fact('Type'), 'Plate');
  await until(() => hero.isChecked(), true);
  await grid().focus();
  await page.keyboard.press('Control+z');
  await until(() => fact('Camera'), 'Mixed');
  await until(() => fact('Type'), 'Aligned');
  await until(() => hero.evaluate((box: HTMLInputElement) => box.indeterminate), true);
});

test('ExportDialog: saves a table, copies a list, and makes a contact sheet', async () => {
  await selectTo(17);
  await grid().focus();
  await page.keyboard.press('Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const save = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  await dialog.getByRole('radio', { name: 'CSV' }).check({ force: true });
  const table = await save('Export 18 assets');
  expect(table.name).toMatch(/\.csv$/);
  const lines = table.bytes.toString().trimEnd().split('\r\n');
  expect(lines).toHaveLength(19);
  expect(lines[1]).toContain('/mnt/nas/northlight/delivery_03/aligned/take_000/A001_00000_1.png');
  await dialog.getByText('Saved 18 assets').waitFor();

  await dialog.getByRole('radio', { name: 'All 300 that match' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'rsync list' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Copy' }).first().click();
  await dialog.getByText('Copied 300 assets').waitFor();
  expect((await clipboard()).trimEnd().split('\n')).toHaveLength(300);

  await dialog.getByRole('radio', { name: 'Contact sheet' }).check({ force: true });
  const sheet = await save('Export 300 assets');
  expect(sheet.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  await dialog.getByText(/Saved \d+ pages$/).waitFor();
  await dialog.getByRole('radio', { name: 'PNG' }).check({ force: true });
  await dialog.getByRole('radio', { name: '18 selected' }).check({ force: true });
  const picture = await save('Export 18 assets');
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await until(() => grid().evaluate((element) => element === document.activeElement), true);
  expect(complaints).toEqual([]);
});
