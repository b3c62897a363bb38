/** The package page's controls, found by name as a person finds them. */
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

  get #facets(): Locator {
    return this.page.getByRole('complementary', { name: 'Filters' }).locator('button[aria-pressed]');
  }

  /** Returns the names of the buttons that filter by a value, without their counts. */
  async facets(): Promise<string[]> {
    const buttons = this.#facets;
    // The buttons appear with their counts, after the first tiles.
    await buttons.first().waitFor();
    const texts = await buttons.allInnerTexts();
    return texts.map((text) => text.replace(/[\s\d,.–]+$/, '').trim());
  }

  /** Presses or releases a facet button. */
  pressFacet(name: string): Promise<Shown | null> {
    const button = this.#facets.filter({ hasText: name });
    return measure(this.page, 'click', () => button.first().click());
  }

  /** Moves the thumb of a range by one key. @param name 'Yaw from' */
  async moveThumb(name: string, key: 'ArrowLeft' | 'ArrowRight'): Promise<Shown | null> {
    await this.page.getByRole('slider', { name }).focus();
    return measure(this.page, 'keydown', () => this.page.keyboard.press(key));
  }

  async groups(): Promise<string[]> {
    return this.page.getByLabel('Group').locator('option').allInnerTexts();
  }

  groupBy(name: string): Promise<Shown | null> {
    return measure(this.page, 'change', () => this.page.getByLabel('Group').selectOption({ label: name }));
  }

  async openPoses(): Promise<void> {
    await this.grid.focus();
    await this.page.keyboard.press('y');
    await this.page.getByRole('complementary', { name: 'Poses' }).waitFor();
  }

  /** Chooses the bin beside the one chosen before, by keyboard. */
  async chooseNextPose(): Promise<Shown | null> {
    await this.page.keyboard.press('ArrowRight');
    return measure(this.page, 'keydown', () => this.page.keyboard.press('Enter'));
  }

  /** Goes back to a filter and forward again, as the browser's back and forward buttons do. */
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

  /** Types a letter into the name field. */
  async typeLetter(letter: string): Promise<Shown | null> {
    await this.bar.getByRole('combobox', { name: 'Filter assets' }).focus();
    return measure(this.page, 'keydown', () => this.page.keyboard.press(letter));
  }

  async clearText(): Promise<void> {
    const field = this.bar.getByRole('combobox', { name: 'Filter assets' });
    if ((await field.inputValue()) !== '') await measure(this.page, 'keydown', () => clear(field));
  }

  /** Jumps as dragging the scroll bar does. @param share of the list, 0 to 1. */
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

  /** Selects the first `count` tiles of a list. */
  async selectFirst(count: number, length: number): Promise<void> {
    if (count === length) {
      await this.selectAll();
      return;
    }
    await this.#tile(0, length).then((tile) => tile.click());
    if (count > 1) await this.#tile(count - 1, length).then((tile) => tile.click({ modifiers: ['Shift'] }));
  }

  /** Enters a tag for the selected assets without pressing the key that adds it. */
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

  /** Scrolls a tile into view for a click. */
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
