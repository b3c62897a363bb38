/** The package page's controls, found as a person finds them: by what they are called. */
import type { Locator, Page } from 'playwright-core';
import { measure, type Shown } from './probe.ts';

export class PackageView {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get grid(): Locator {
    return this.page.getByRole('listbox', { name: 'Assets' });
  }

  get bar(): Locator {
    return this.page.getByRole('search', { name: 'Filter assets' });
  }

  /** Names of the buttons that filter by a value; those of the tile size are pictures. */
  async facets(): Promise<string[]> {
    const buttons = this.bar.locator('button[aria-pressed]:not([aria-label])');
    // They come with their counts, after the first tiles.
    await buttons.first().waitFor();
    const texts = await buttons.allInnerTexts();
    return texts.map((text) => text.replace(/[\s\d,.]+$/, ''));
  }

  /** Presses or releases one of them. */
  pressFacet(name: string): Promise<Shown | null> {
    const button = this.bar.locator('button[aria-pressed]:not([aria-label])').filter({ hasText: name });
    return measure(this.page, 'click', () => button.first().click());
  }

  /** As the browser's back button does: to a filter that was left, and on to the one after it. */
  async backTo(search: string): Promise<(Shown | null)[]> {
    await this.page.evaluate((filtered) => {
      const now = location.href;
      history.replaceState(history.state, '', filtered);
      history.pushState(history.state, '', now);
    }, search);
    const go = (delta: number) =>
      measure(this.page, 'popstate', () => this.page.evaluate((by) => history.go(by), delta));
    return [await go(-1), await go(1)];
  }

  async sorts(): Promise<string[]> {
    return this.page.getByLabel('Sort').locator('option').allInnerTexts();
  }

  sortBy(name: string): Promise<Shown | null> {
    return measure(this.page, 'change', () => this.page.getByLabel('Sort').selectOption({ label: name }));
  }

  turnOrder(): Promise<Shown | null> {
    const button = this.bar.getByRole('button', { name: /^(Ascending|Descending)$/ });
    return measure(this.page, 'click', () => button.click());
  }

  /** Types a key into the field for names. */
  async typeLetter(letter: string): Promise<Shown | null> {
    await this.bar.getByRole('searchbox').focus();
    return measure(this.page, 'keydown', () => this.page.keyboard.press(letter));
  }

  async clearText(): Promise<void> {
    const field = this.bar.getByRole('searchbox');
    if ((await field.inputValue()) !== '') await measure(this.page, 'keydown', () => clear(field));
  }

  /** As dragging the scroll bar does. @param share of the list, 0 to 1. */
  jumpTo(share: number): Promise<Shown | null> {
    return measure(this.page, 'scroll', () =>
      this.grid.evaluate((grid, part) => {
        grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
      }, share),
    );
  }

  async selectAll(): Promise<Shown | null> {
    await this.grid.focus();
    return measure(this.page, 'keydown', () => this.page.keyboard.press('Control+a'));
  }

  async clearSelection(): Promise<void> {
    await this.grid.focus();
    await this.page.keyboard.press('Escape');
  }

  /** Selects the first so many of a list. */
  async selectFirst(count: number, length: number): Promise<void> {
    if (count === length) {
      await this.selectAll();
      return;
    }
    await this.#tile(0, length).then((tile) => tile.click());
    if (count > 1) await this.#tile(count - 1, length).then((tile) => tile.click({ modifiers: ['Shift'] }));
  }

  /** Adds a tag to the selected assets, up to the key that does it. */
  async prepareTag(tag: string): Promise<void> {
    await this.grid.focus();
    await this.page.keyboard.press('t');
    await this.page.getByRole('combobox', { name: 'Add a tag to the selected assets' }).fill(tag);
    await this.page.getByRole('option', { name: tag }).first().waitFor();
  }

  async toTop(): Promise<void> {
    await this.grid.evaluate((grid) => {
      grid.scrollTop = 0;
    });
    await this.page.locator('[role=option][data-index="0"][title]').waitFor();
  }

  /** A tile, scrolled to where it can be clicked. */
  async #tile(index: number, length: number): Promise<Locator> {
    const tile = this.page.locator(`[role=option][data-index="${index}"]`);
    await this.grid.evaluate((grid, share) => {
      grid.scrollTop = Math.max(0, share * grid.scrollHeight - grid.clientHeight / 2);
    }, index / length);
    await tile.waitFor();
    await tile.scrollIntoViewIfNeeded();
    return tile;
  }
}

async function clear(field: Locator): Promise<void> {
  await field.press('Control+a');
  await field.press('Delete');
}
