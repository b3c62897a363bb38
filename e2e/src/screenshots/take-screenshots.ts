/** Takes a picture of each place in both sizes and themes. One that fails is reported, and the others go on. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { goTo, type LibraryIds, settle } from '@ingesthub/web/testing/app-pages.ts';
import type { Page } from 'playwright-core';
import { ROOT } from '../product.ts';
import type { Place } from './places.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;
const THEMES = ['dark', 'light'] as const;

export interface Visit {
  readonly page: Page;
  /** The folder below `screenshots/`. */
  readonly folder: string;
  readonly ids: LibraryIds;
  readonly places: readonly Place[];
  /** Only places whose name contains one of these; empty: all. */
  readonly only: readonly string[];
}

/** @returns how many pictures were taken, and a line for each that was not. */
export async function takeScreenshots(visit: Visit): Promise<{ taken: number; failures: string[] }> {
  const { page, folder, ids, only } = visit;
  const places = visit.places.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
  const failures: string[] = [];
  let taken = 0;
  const target = path.join(ROOT, 'screenshots', folder);
  await mkdir(target, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const place of places) {
      for (const theme of THEMES) {
        const name = `${place.name}-${size.width}-${theme}`;
        try {
          await chooseTheme(page, theme);
          await show(page, place, ids);
          await page.screenshot({ path: path.join(target, `${name}.png`) });
          taken += 1;
        } catch (error) {
          failures.push(`${folder}/${name}: ${(error as Error).message.split('\n')[0]}`);
        }
      }
    }
  }
  return { taken, failures };
}

/** Leaves whatever is open, then opens a place. */
async function show(page: Page, place: Place, ids: LibraryIds): Promise<void> {
  for (let open = 0; open < 3; open += 1) await page.keyboard.press('Escape');
  await goTo(page, '/no-such-page');
  await goTo(page, place.path(ids));
  await settle(page);
  if (!place.open) return;
  await place.open(page);
  await settle(page);
}

async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((chosen) => {
    document.documentElement.dataset['theme'] = chosen;
    localStorage.setItem('theme', chosen);
  }, theme);
}
