/** Drives the package page as a user does: reads its texts, and acts by mouse and keyboard. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { PATIENCE } from './patience.ts';
import { waitFor } from './wait-for.ts';

const TIMEOUT_MS = 60_000 * PATIENCE;

export class PackagePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a package, and waits until the replica is up to date. */
  static async open(page: Page, base: string, packageId: string): Promise<PackagePage> {
    await page.goto(`${base}/packages/${packageId}`);
    const opened = new PackagePage(page);
    await opened.says('replica-progress', 'Up to date');
    return opened;
  }

  /** Wraps a tab that already shows a package. */
  static of(page: Page): PackagePage {
    return new PackagePage(page);
  }

  /** Waits until one of the always-visible facts contains a text. */
  async says(fact: 'shown' | 'selected' | 'online' | 'unsent' | 'replica-progress', text: string): Promise<void> {
    await this.page.getByTestId(fact).filter({ hasText: text }).waitFor({ timeout: TIMEOUT_MS });
  }

  async select(first: number, last: number): Promise<void> {
    await this.#tile(first).then((tile) => tile.click());
    await this.#tile(last).then((tile) => tile.click({ modifiers: ['Shift'] }));
    await this.says('selected', `${last - first + 1} assets selected`);
  }

  async tagSelected(tag: string): Promise<void> {
    await this.page.keyboard.press('t');
    const field = this.page.getByRole('combobox', { name: 'Add a tag to the selected assets' });
    await field.fill(tag);
    await this.page.getByRole('option', { name: tag }).first().waitFor();
    await field.press('Enter');
    await field.waitFor({ state: 'detached' });
  }

  async filterByText(text: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Filter assets' }).fill(text);
  }

  async scrollToEnd(): Promise<void> {
    const grid = this.page.getByRole('listbox', { name: 'Assets' });
    await grid.focus();
    await grid.press('End');
  }

  /** Returns the paths of the tiles whose picture is shown. */
  async pictures(): Promise<string[]> {
    return this.page
      .locator('[role=option][data-index]')
      .evaluateAll((tiles) =>
        tiles
          .filter((tile) => (tile.querySelector('img')?.naturalWidth ?? 0) > 0)
          .map((tile) => tile.getAttribute('title')?.split('\n')[0] ?? ''),
      );
  }

  /** Reads the tags in the replica: path within the package -> tags. */
  async tags(): Promise<Map<string, string[]>> {
    const rows = await this.page.evaluate(() => {
      const { replica } = (
        globalThis as unknown as { ingestHub: { replica: { query(statement: object): Promise<unknown> } } }
      ).ingestHub;
      return replica.query({
        text: `
          SELECT coalesce(nullif(folders.path, '') || '/', '') || assets.name AS relative_path,
            ARRAY (SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
          FROM assets JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
          WHERE assets.deleted_at IS NULL`,
        values: [],
      });
    });
    const parsed = z.array(z.object({ relative_path: z.string(), tags: z.array(z.string()) })).parse(rows);
    return new Map(parsed.map((row) => [row.relative_path, row.tags]));
  }

  /** Returns the tile at an index of the list, scrolled to where it can be clicked. */
  async #tile(index: number) {
    const tile = this.page.locator(`[role=option][data-index="${index}"]`);
    const grid = this.page.getByRole('listbox', { name: 'Assets' });
    // Scrolls only if needed: scrolling could remove a tile that is already there in the next frame.
    let sought = false;
    await waitFor(`tile ${index} is on the page`, async () => {
      if ((await tile.count()) > 0) return true;
      await grid.evaluate((element, begins) => {
        if (begins) element.scrollTop = 0;
        else element.scrollBy(0, element.clientHeight / 2);
      }, !sought);
      sought = true;
      return false;
    });
    await tile.scrollIntoViewIfNeeded();
    return tile;
  }
}
