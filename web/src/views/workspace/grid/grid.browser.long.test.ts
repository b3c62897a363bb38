import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../../../testing/launch-chromium.ts';

/** Eleven assets of four types in six folders. */
const CLIP_PACKAGE_ID = '01900000-0000-7000-8000-000000000023';
const root = fileURLToPath(new URL('../../../../', import.meta.url));

let server: ViteDevServer;
let browser: Browser;
let page: Page;
let url: string;
const complaints: string[] = [];

beforeAll(async () => {
  server = await createServer({
    root,
    configFile: `${root}src/testing/vite.config.ts`,
    server: { port: 0, hmr: false },
    logLevel: 'silent',
  });
  await server.listen();
  url = `${server.resolvedUrls?.local[0]}packages/${CLIP_PACKAGE_ID}`;
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.setDefaultNavigationTimeout(150_000);
  await page.goto(`${url}?assets=40`);
  await section('Raw').waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
// Creating the replica takes seconds, so all tests share a page.
beforeEach(async () => {
  await page.getByRole('button', { name: 'Medium tiles' }).click();
  await page.getByLabel('Group').selectOption('type');
  await section('Raw').waitFor();
  await grid().focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
});

const grid = () => page.getByRole('listbox', { name: 'Assets' });
const section = (name: string) => page.getByRole('group', { name: new RegExp(`^${name}, `) });
const tile = (name: string) => page.locator(`[role=option][data-index][title*="${name}"]`);
const selected = () => page.getByTestId('selected');
const sections = () => page.locator('[data-section]').evaluateAll((all) => all.map((one) => one.ariaLabel));
const names = () =>
  page
    .locator('[role=option][data-index]')
    .evaluateAll((all) =>
      all
        .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((one) => one.getAttribute('title')?.split('\n')[0]?.split('/').at(-1)),
    );
const focused = async () =>
  (await page.locator('[role=option][data-focused=true]').getAttribute('title'))?.split('\n')[0]?.split('/').at(-1);
async function until(read: () => Promise<unknown>, value: unknown): Promise<void> {
  await expect.poll(read).toEqual(value);
}
async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('It has no place.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('AssetGrid: divides the list by asset type with counts and sums, and closes a section by click and by key', async () => {
  expect(await sections()).toEqual([
    'Raw, 8 assets, 0% reviewed, 106 GB · 1:04:11',
    'Graded, 1 asset, 0% reviewed, 82 MB · 0:04.2',
    'Audio, 1 asset, 0% reviewed, 12 MB · 1:03',
    'Metadata, 1 asset, 0% reviewed, 3.1 kB',
  ]);
  await section('Raw').getByText('Raw').click();
  await until(() => tile('jane_take_01.mov').count(), 0);
  expect((await sections())[0]).toContain(', closed');
  // The focus lies in the closed section: a step leaves it, and the key opens it again.
  await page.keyboard.press('ArrowRight');
  await until(focused, 'jane_take_01_graded_rec709_with_a_name_that_does_not_fit.mp4');
  await page.keyboard.press('Shift+O');
  await until(async () => (await sections()).every((name) => name?.endsWith(', closed')), true);
  await page.keyboard.press('Shift+O');
  await tile('jane_take_01.mov').waitFor();
});

test('AssetGrid: selects a section by its mark and by key, and moves over sections by arrows', async () => {
  await section('Graded').locator('[data-part=select]').click();
  await until(() => selected().textContent(), '1 asset selected');
  await page.keyboard.press('x');
  await until(() => selected().textContent(), '9 assets selected');
  expect((await sections())[0]).toContain('8 selected');
  await page.keyboard.press('x');
  await until(() => selected().textContent(), '1 asset selected');
  await page.keyboard.press('End');
  await until(focused, 'session.json');
  await page.keyboard.press('ArrowUp');
  await until(focused, 'boom_01.wav');
  await page.keyboard.press('Shift+Home');
  await until(() => selected().textContent(), '10 assets selected');
});

test('AssetGrid: keeps the grouping of a person over a reload, and takes another one from the address', async () => {
  await page.getByLabel('Group').selectOption('folder');
  await section('A_CAM').waitFor();
  await page.reload();
  await section('A_CAM').waitFor({ timeout: 150_000 });
  await page.goto(`${url}?group=day`);
  await section('11 Feb 2026').waitFor({ timeout: 150_000 });
  await page.getByLabel('Group').selectOption('none');
  await until(() => page.locator('[data-section]').count(), 0);
  expect(new URL(page.url()).searchParams.get('group')).toBe('none');
  await page.goto(url);
  await tile('jane_take_01.mov').waitFor({ timeout: 150_000 });
});

test('AssetGrid: selects by dragging a box from empty ground, and adds to the selection with Ctrl', async () => {
  const from = await middle(section('Graded'));
  const to = await middle(tile('boom_01.wav'));
  await page.mouse.move(from.x, from.y + 40);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await until(() => selected().textContent(), '2 assets selected');
  await page.keyboard.down('Control');
  const last = await middle(tile('session.json'));
  await page.mouse.move(last.x + 400, last.y);
  await page.mouse.down();
  await page.mouse.move(last.x, last.y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Control');
  await until(() => selected().textContent(), '3 assets selected');
});

test('AssetGrid: lists all facts in columns, and sorts by the column that is clicked', async () => {
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await page.getByLabel('Group').selectOption('none');
  const columns = page.getByRole('group', { name: 'Columns' });
  await columns.getByRole('button', { name: 'Sort by size' }).click();
  await until(async () => (await names()).at(0), 'session.json');
  await columns.getByRole('button', { name: 'Sort by size' }).click();
  await until(async () => (await names()).at(0), 'sh010.####.exr');
  const row = page.getByRole('option', { name: /^sh010/ });
  for (const fact of ['94 GB', '1001–1096, 3 gaps', '4096 × 2160', 'Raw', 'Sequence', 'jane_doe', 'plates'])
    expect(await row.textContent()).toContain(fact);
  // Faces alone have a pose.
  expect(await columns.getByText('Yaw').count()).toBe(0);
  await columns.getByRole('button', { name: 'Sort by name' }).click();
});

test('AssetGrid: goes to a name that is typed, and to the others that match', async () => {
  await page.keyboard.press(';');
  await page.keyboard.type('nowhere');
  await page.getByText('No such name').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('jane_');
  await page.getByText('1 of 4').waitFor();
  await until(focused, 'jane_take_01.mov');
  await page.keyboard.press('ArrowDown');
  await until(focused, 'jane_take_02.mov');
  await page.keyboard.press('Enter');
  expect(await grid().evaluate((one) => one === document.activeElement)).toBe(true);
});

test('AssetGrid: a key that a person binds to a tag adds it and removes it again', async () => {
  await tile('boom_01.wav').click();
  await page.keyboard.press('1');
  await page.getByText('Key 1 has no tag yet').first().waitFor();
  await page.keyboard.press('0');
  const dialog = page.getByRole('dialog', { name: 'Tags of the keys 1 to 9' });
  await dialog.getByRole('combobox', { name: 'Tag of key 1' }).fill('wild track');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(() => dialog.count(), 0);
  await grid().focus();
  await page.keyboard.press('1');
  await until(async () => (await tile('boom_01.wav').getAttribute('title'))?.includes('Tags: wild track'), true);
  await until(() => tile('boom_01.wav').locator('[data-picture]').getByText('1', { exact: true }).count(), 1);
  await page.keyboard.press('1');
  await until(async () => (await tile('boom_01.wav').getAttribute('title'))?.includes('wild track'), false);
});

test('AssetGrid: shows the moments of a clip under the pointer, and the waveform of a sound', async () => {
  const picture = tile('jane_take_01.mov').locator('[data-picture]');
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The picture has no place.');
  await page.mouse.move(box.x + box.width * 0.055, box.y + box.height / 2);
  const moment = picture.locator('[style*="sprite"]');
  await moment.waitFor();
  const at = () => moment.evaluate((one) => one.style.backgroundPosition);
  await until(at, '55.5556% 0%');
  await page.mouse.move(box.x + box.width * 0.505, box.y + box.height / 2);
  await until(at, '0% 55.5556%');
  await page.mouse.move(10, 400);
  await until(() => moment.count(), 0);

  const painted = () =>
    tile('boom_01.wav')
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) =>
        canvas
          .getContext('2d')
          ?.getImageData(0, 0, canvas.width, canvas.height)
          .data.some((value) => value > 0),
      );
  await until(painted, true);
});

test('AssetGrid: has reported no error', () => {
  expect(complaints).toEqual([]);
});
