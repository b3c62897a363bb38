import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Replica } from '../../replica/model/replica.ts';
import { launchChromium } from '../../testing/launch-chromium.ts';
import { PACKAGE_ID, PROJECT_ID } from '../../testing/seed.ts';

const ASSETS = 5000;
const root = fileURLToPath(new URL('../../../', import.meta.url));

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
    logLevel: 'error',
  });
  await server.listen();
  url = `${server.resolvedUrls?.local[0]}packages/${PACKAGE_ID}`;
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}?assets=${ASSETS}`, { timeout: 150_000 });
  await tile(0).waitFor({ timeout: 150_000 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
// Creating the replica takes seconds, so all tests share a page. Each starts at the first asset with nothing selected.
beforeEach(async () => {
  const clear = page.getByRole('button', { name: 'Clear the filter' });
  if (await clear.isVisible()) await clear.click();
  await until(() => shown().textContent(), '5,000 of 5,000 shown');
  const list = page.getByRole('listbox', { name: 'Assets' });
  // The total is known before the list is.
  await until(() => list.getAttribute('aria-busy'), 'false');
  await list.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await tile(0).waitFor();
});

const tile = (index: number) => page.locator(`[data-index="${index}"][title]`);
const shown = () => page.getByTestId('shown');
const selected = () => page.getByTestId('selected');
/** Reads an attribute of each tile from one position to another, both included. */
async function read(attribute: string, from: number, to: number): Promise<(string | null)[]> {
  const values: (string | null)[] = [];
  for (let index = from; index <= to; index += 1) values.push(await tile(index).getAttribute(attribute));
  return values;
}
/** Clicks an element and presses keys in the list in the same task, before either can take effect. */
function clickAndPress(button: Element, keys: string[]): void {
  const list = document.querySelector('[role=listbox]');
  (button as HTMLElement).click();
  for (const key of keys) {
    list?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'a', bubbles: true }));
  }
}
async function until(read: () => Promise<unknown>, value: unknown): Promise<void> {
  await expect.poll(read).toEqual(value);
}

test('PackagePage: selects, reviews and tags a range by keyboard alone', async () => {
  await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await until(() => selected().textContent(), '4 assets selected');
  expect(await read('aria-selected', 0, 5)).toEqual(['false', 'true', 'true', 'true', 'true', 'false']);

  await page.keyboard.press('f');
  await until(() => read('data-review', 1, 4), ['flagged', 'flagged', 'flagged', 'flagged']);

  await page.keyboard.press('t');
  await page.keyboard.type('night shoot');
  await page.keyboard.press('Enter');
  await until(async () => (await read('title', 1, 4)).every((title) => title?.includes('night shoot')), true);
  expect(await tile(5).getAttribute('title')).not.toContain('night shoot');
  await until(() => page.getByTestId('unsent').textContent(), '2 changes to send');

  await page.keyboard.press('Escape');
  await until(() => selected().count(), 0);
});

test('PackagePage: reviews the focused asset when nothing is selected', async () => {
  await page.getByRole('button', { name: /^Unreviewed/ }).click();
  await until(async () => (await read('data-review', 0, 9)).every((status) => status === 'unreviewed'), true);
  await page.getByRole('listbox', { name: 'Assets' }).focus();
  const [first, second] = await read('id', 0, 1);
  await page.keyboard.press('a');
  await until(() => tile(0).getAttribute('id'), second);
  expect(second).not.toBe(first);
  expect(await page.getByRole('listbox', { name: 'Assets' }).getAttribute('aria-activedescendant')).toBe(second);
});

test('PackagePage: combines filters, keeps them in the address and after a reload, and clears them together', async () => {
  await page.getByRole('button', { name: /^Approved/ }).click();
  const field = page.getByRole('combobox', { name: 'Filter assets' });
  await until(() => field.inputValue(), 'status:approved');
  await field.press('End');
  await field.pressSequentially(' _7.png');
  const answer = '19 of 5,000 shown';
  await until(() => shown().textContent(), answer);
  const search = () => new URL(page.url()).searchParams;
  await until(async () => search().get('q'), 'status:approved _7.png');

  await page.reload();
  await tile(0).waitFor({ timeout: 150_000 });
  await until(() => shown().textContent(), answer);
  await page.keyboard.press('Control+a');
  await until(() => selected().textContent(), '19 assets selected');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await until(() => shown().textContent(), '5,000 of 5,000 shown');
  expect([...search().keys()]).toEqual(['assets']);
});

test('PackagePage: completes a query, lists what it asks for, and names what is wrong in it', async () => {
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Filter assets' });
  await page.keyboard.type('stat');
  await page.getByRole('option', { name: 'status:' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await field.inputValue()).toBe('status:');
  await page.keyboard.type('app');
  // The list is still whole, so that its values can be offered.
  await page.getByRole('option', { name: 'status:approved' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('_7.png');
  expect(await field.inputValue()).toBe('status:approved _7.png');
  await until(() => shown().textContent(), '19 of 5,000 shown');

  await field.fill('colour:red status:approved _7.png');
  await page.getByText('There is no “colour:”').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await shown().textContent()).toBe('19 of 5,000 shown');
  await field.press('Enter');
  expect(await page.getByRole('listbox', { name: 'Assets' }).evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
  await page.getByRole('button', { name: 'How to write a filter' }).click();
  await page.getByRole('dialog', { name: 'How to write a filter' }).getByText('pose:-40..0,-10..20').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await until(() => shown().textContent(), '5,000 of 5,000 shown');
});

test('PackagePage: selects regions of the pose matrix by key and by pointer, as terms of the query', async () => {
  const field = page.getByRole('combobox', { name: 'Filter assets' });
  const poses = page.getByRole('complementary', { name: 'Poses' });
  await page.keyboard.press('y');
  await poses.getByText(/^[\d,]+ faces$/).waitFor();
  // The bin in the middle, and the one to its right.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await until(() => field.inputValue(), 'pose:0..20,0..10');
  const regions = poses.getByRole('region', { name: 'Regions' });
  const counted = async () => (await regions.locator('b').allTextContents()).map(Number);
  const sum = async () => (await counted()).reduce((all, count) => all + count, 0);
  await until(() => shown().textContent(), `${await sum()} of 5,000 shown`);
  expect(await sum()).toBeGreaterThan(0);

  const box = await poses.locator('canvas').boundingBox();
  if (box === null) throw new Error('The matrix has no place.');
  const bin = box.width / 18;
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + bin * 5.5, box.y + bin * 5.5);
  await page.mouse.down();
  await page.mouse.move(box.x + bin * 7.5, box.y + bin * 7.5);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await until(() => field.inputValue(), '(pose:0..20,0..10 or pose:-40..-10,-20..10)');
  await until(async () => (await counted()).length, 2);
  await until(async () => (await shown().textContent()) === `${await sum()} of 5,000 shown`, true);

  await poses.getByRole('button', { name: 'Show as table' }).click();
  await poses.getByRole('cell', { name: '0° to +10°' }).first().waitFor();
  await poses.getByRole('button', { name: 'Show as map' }).click();
  await poses.getByRole('application').focus();
  await page.keyboard.press('Escape');
  await until(() => field.inputValue(), '');
  await poses.getByRole('button', { name: 'Close the poses' }).click();
  await until(() => poses.count(), 0);
});

test('PackagePage: selects all matching assets, not only those on the screen, and shows the last one on End', async () => {
  await page.keyboard.press('Control+a');
  await until(() => selected().textContent(), '5,000 assets selected');
  await page.keyboard.press('End');
  await tile(ASSETS - 1).waitFor();
  expect(await tile(ASSETS - 1).getAttribute('aria-posinset')).toBe(String(ASSETS));
  expect(await page.getByRole('listbox').locator('[data-index]').count()).toBeLessThan(200);
});

test('PackagePage: applies keys pressed right after a filter change to the matches of the new filter', async () => {
  const rejectable = page.getByRole('button', { name: 'Picked up 12' });
  await page.keyboard.press('Control+a');
  await until(() => selected().textContent(), '5,000 assets selected');
  await rejectable.evaluate(clickAndPress, ['a', 'r']);
  await until(
    () => read('data-review', 0, 11),
    Array.from({ length: 12 }, () => 'rejected'),
  );
  await until(() => selected().textContent(), '12 assets selected');

  // In the opposite direction, there are more assets to select than before.
  await page.getByRole('button', { name: 'Clear the filter' }).evaluate(clickAndPress, ['a']);
  await until(() => selected().textContent(), '5,000 assets selected');
  expect(await page.getByRole('button', { name: /^Unreviewed/ }).count()).toBe(1);

  // The selected asset is not in the new list, and no other takes its place.
  await page.keyboard.press('Escape');
  await tile(0).click();
  const changes = await page.getByTestId('unsent').textContent();
  await rejectable.evaluate(clickAndPress, ['f']);
  await until(() => shown().textContent(), '12 of 5,000 shown');
  expect(await read('data-review', 0, 11)).not.toContain('flagged');
  await page.getByText('Nothing was changed: the selection is no longer in the list').waitFor();
  expect(await page.getByTestId('unsent').textContent()).toBe(changes);
  await page.keyboard.press('Control+z');
});

test('PackagePage: selects by click as in a file manager, and opens the panel of the focused asset on Enter', async () => {
  await tile(2).click();
  await tile(6).click({ modifiers: ['Shift'] });
  await tile(4).click({ modifiers: ['Control'] });
  await until(() => selected().textContent(), '4 assets selected');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Asset' });
  await panel.getByRole('heading', { name: '4 assets' }).waitFor();
  await tile(4).click();
  const title = (await tile(4).getAttribute('title'))?.split('\n')[0]?.split('/').at(-1) ?? '';
  await until(() => panel.getByRole('heading', { level: 2 }).textContent(), title);
  await page.keyboard.press('ArrowRight');
  await until(async () => (await panel.getByRole('heading', { level: 2 }).textContent()) !== title, true);
  await page.keyboard.press('Escape');
  await until(() => panel.count(), 0);
  expect(await selected().count()).toBe(1);
});

test('PackagePage: leaves keys pressed in a popover to the popover, which closes on Escape', async () => {
  const changes = await page.getByTestId('unsent').textContent();
  await tile(0).click();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  const popover = page.getByRole('dialog', { name: 'Saved filters' });
  await popover.waitFor();
  await page.keyboard.press('r');
  await page.keyboard.press('Escape');
  await until(() => popover.count(), 0);
  expect(await selected().textContent()).toBe('1 asset selected');
  expect(await page.getByTestId('unsent').textContent()).toBe(changes);
});

test('PackagePage: keeps a half-typed form open when shortcuts of the page are pressed', async () => {
  await page.keyboard.press('e');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('half typed');
  await page.keyboard.press('Control+k');
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(1);
  expect(await name.inputValue()).toBe('half typed');
  await page.keyboard.press('Escape');
  await until(() => page.getByRole('dialog').count(), 0);
  await until(() => shown().textContent(), '5,000 of 5,000 shown');
});

test('PackageDialog: shows the primary subject, and names the missing field on save', async () => {
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit package' });
  const subject = dialog.getByRole('combobox', { name: 'Primary subject' }).locator('option:checked');
  await until(() => subject.textContent(), 'jane_doe');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('');
  const missing = dialog.getByText('a name has at least one character');
  expect(await missing.count()).toBe(0);
  await page.keyboard.press('Enter');
  await missing.waitFor();
  await page.keyboard.press('Escape');
  await until(() => dialog.count(), 0);
});

test('PackagePage: keeps the focus in the grid after a click that selects all or none', async () => {
  const isGridFocused = () =>
    page.getByRole('listbox', { name: 'Assets' }).evaluate((grid) => grid === document.activeElement);
  await page.getByRole('button', { name: 'Select all 5,000' }).click();
  await until(() => selected().textContent(), '5,000 assets selected');
  expect(await isGridFocused()).toBe(true);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await until(() => selected().count(), 0);
  expect(await isGridFocused()).toBe(true);
});

test('PackagePage: closes the list of tags on a click into another field, and leaves the focus there', async () => {
  await page.getByRole('button', { name: /^\d+ more$/ }).click();
  const list = page.getByRole('combobox', { name: 'Filter by tag' });
  await list.waitFor();
  await page.getByRole('combobox', { name: 'Filter assets' }).click();
  await until(() => list.count(), 0);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(
    await page.getByRole('combobox', { name: 'Filter assets' }).evaluate((field) => field === document.activeElement),
  ).toBe(true);
});

test('AssetPanel: keeps a video offline and removes it again with the button below it', async () => {
  await page.route('**/proxy?v=*', (route) => route.fulfill({ status: 404 }));
  await page.getByRole('link', { name: 'Northlight' }).click();
  await page.getByRole('link', { name: /^session_07/ }).click();
  await page.locator('[role=option][title*="jane_take_01.mov"]').dblclick();
  const panel = page.getByRole('complementary', { name: 'Asset' });
  await panel.getByRole('button', { name: 'Keep this video offline' }).click();
  await panel.getByRole('button', { name: 'Remove', exact: true }).click();
  await panel.getByRole('button', { name: 'Keep this video offline' }).waitFor();
  await panel.getByText('The video could not be loaded.').waitFor();
  await panel.getByRole('button', { name: 'Try again' }).waitFor();
  await page.goBack();
  await page.goBack();
});

test('PackagePage: requests missing previews of assets on the screen, and the video of the open asset', async () => {
  const asked: string[][] = [];
  await page.route('**/api/wanted', (route) => {
    asked.push((route.request().postDataJSON() as { ids: string[] }).ids);
    return route.fulfill({ status: 204 });
  });
  await page.getByRole('link', { name: 'Northlight' }).click();
  await page.getByRole('link', { name: /^session_07/ }).click();
  const idOf = async (name: string) =>
    (await page.locator(`[role=option][title*="${name}"]`).getAttribute('id'))?.slice(-36);
  const waiting = await idOf('waiting.png');
  await until(async () => asked[0], [waiting]);
  await page.locator('[role=option][title*="jane_take_03.mov"]').dblclick();
  const video = (await idOf('jane_take_03.mov')) ?? '';
  await until(async () => asked.flat().includes(video), true);
  await page.unroute('**/api/wanted');
  await page.goBack();
  await page.goBack();
});

test('PackagePage: shows and counts a bulk change within frames, and undoes and redoes it by key', async () => {
  const unreviewed = page.getByRole('button', { name: /^Unreviewed/ });
  const before = await unreviewed.textContent();
  await page.keyboard.press('Control+a');
  await until(() => selected().textContent(), '5,000 assets selected');
  const [id] = await read('id', 0, 0);
  // Must show before the replica has answered: the call to the replica is held back.
  const shownFirst = await page.evaluate(async (tileId) => {
    const { replica } = (globalThis as unknown as { ingestHub: { replica: { mutate: unknown } } }).ingestHub;
    const { mutate } = replica as { mutate: (...args: unknown[]) => Promise<unknown> };
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    replica.mutate = (...args: unknown[]) => held.then(() => mutate(...args));
    const tileElement = document.getElementById(tileId ?? '');
    tileElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }));
    while (tileElement?.dataset['review'] !== 'rejected') await new Promise(requestAnimationFrame);
    replica.mutate = mutate;
    release();
    return tileElement.dataset['review'];
  }, id);
  expect(shownFirst).toBe('rejected');
  await until(() => unreviewed.textContent(), 'Unreviewed 0');
  await page.keyboard.press('Control+z');
  await until(() => unreviewed.textContent(), before);
  await page.keyboard.press('Control+Shift+z');
  await until(() => unreviewed.textContent(), 'Unreviewed 0');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await until(() => unreviewed.textContent(), before);
});

test('PackagePage: removes deleted assets from the list and the counts, and brings them back with undo', async () => {
  await page.getByRole('button', { name: 'Picked up 12' }).click();
  await until(() => shown().textContent(), '12 of 5,000 shown');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await until(() => shown().textContent(), '0 of 4,988 shown');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await until(() => shown().textContent(), '12 of 5,000 shown');
});

test('PackagePage: warns that a link’s filter does not apply while the project is not on this device', async () => {
  await page.route('**/api/**', (route) => route.fulfill({ status: 503 }));
  await page.getByRole('button', { name: 'Picked up 12' }).click();
  await until(() => shown().textContent(), '12 of 5,000 shown');
  await page.evaluate(async (id) => {
    const { replica } = (globalThis as unknown as { ingestHub: { replica: Replica } }).ingestHub;
    await replica.chooseProject(id, 'unfollowed');
  }, PROJECT_ID);
  await page.getByText('Some filters of this link work only once the project is on this device.').waitFor();
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await until(() => shown().textContent(), '12 of 5,000 shown');
});

test('PackagePage: shows the first asset of every sort order, and the other end when it is reversed', async () => {
  const firstAndLast = new Set<string>();
  for (const sort of ['date', 'size', 'pose', 'status']) {
    for (const direction of ['Ascending', 'Descending']) {
      const before = await tile(0).getAttribute('id');
      if (direction === 'Ascending') await page.getByRole('combobox', { name: 'Sort' }).selectOption(sort);
      else await page.getByRole('button', { name: 'Ascending' }).click();
      if (sort !== 'date' || direction === 'Descending')
        await until(async () => (await tile(0).getAttribute('id')) !== before, true);
      firstAndLast.add(`${sort} ${await tile(0).getAttribute('id')}`);
    }
    await page.getByRole('button', { name: 'Descending' }).click();
  }
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('name');
  expect(firstAndLast.size).toBe(8);
});

test('SearchPage: opens from the palette, finds a file by name, and leads to it in its package', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or jump' }).fill('00100_7');
  await page.getByRole('option', { name: 'Search everything for “00100_7”' }).click();
  await page.getByRole('option', { name: /A001_00100_7\.png/ }).waitFor();
  await page.getByRole('combobox', { name: 'Search everything' }).press('Enter');
  await until(() => shown().textContent(), '1 of 5,000 shown');
  expect(await tile(0).getAttribute('title')).toContain('aligned/take_004/A001_00100_7.png');
});

test('PackagePage: lists assets that have arrived during the first load as “so far”, never as all', async () => {
  const whole = page;
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  onTestFinished(async () => {
    await page.close();
    page = whole;
  });
  await page.goto(`${url}?assets=700&loading`);
  await tile(0).waitFor({ timeout: 150_000 });
  await until(() => shown().textContent(), '700 shown so far');
  await page.getByRole('button', { name: 'Select these 700' }).click();
  await until(() => selected().textContent(), '700 assets selected');
  await page.getByRole('combobox', { name: 'Filter assets' }).fill('_7.png');
  await page.getByText('Filters work once the library has loaded.').waitFor();
  await until(() => selected().count(), 0);
});

test('PackagePage: caused no page errors in these tests', () => {
  expect(complaints).toEqual([]);
});
