/** Measures a scripted session through the app: how inputs feel, what blocks the page, and what memory it takes. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from '../replica/bench.ts';
import type { Library } from '../replica/library.ts';
import { rendererMemory } from '../replica/memory-watch.ts';
import { readFelt, watchSession } from './session-watch.ts';

const INP_MS = 100;
/** Milliseconds between two inputs of a person at work. */
const PAUSE_MS = 250;
const REST_MS = 5000;

export async function sessionCase({ library, people }: Bench): Promise<Results> {
  const [ada] = await people();
  await ada.open(library.address(library.large));
  await delay(REST_MS);
  await watchSession(ada.page);
  await work(ada.page, library);
  const felt = await readFelt(ada.page);
  await delay(REST_MS);
  const memory = await rendererMemory(ada.context);
  const figures: Figure[] = [
    { what: 'inputs that took 16 ms or more', value: felt.interactions.length, unit: '' },
    {
      what: 'input to the next frame (INP), p75',
      value: felt.interactions.length > 0 ? percentile(felt.interactions, 0.75) : null,
      unit: 'ms',
      target: { atMost: INP_MS },
    },
    {
      what: 'input to the next frame, slowest',
      value: felt.interactions.length > 0 ? Math.max(...felt.interactions) : null,
      unit: 'ms',
    },
    {
      what: 'tasks of more than 100 ms',
      value: felt.longTasks.filter((ms) => ms > 100).length,
      unit: '',
      target: { atMost: 0 },
    },
    { what: 'longest task', value: Math.max(0, ...felt.longTasks), unit: 'ms' },
    { what: 'memory of the renderer', value: memory === null ? null : memory / 1e6, unit: 'MB' },
  ];
  return new Map([[OURS, figures]]);
}

/** Walks through the pages by keyboard, as an artist does who reviews a package. */
async function work(page: Page, library: Library): Promise<void> {
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await delay(PAUSE_MS);
    }
  };
  await page.getByRole('listbox', { name: 'Assets' }).focus();
  await press('ArrowRight', 'ArrowDown', 'Shift+ArrowDown', 'f', 'u', 'Escape', 'PageDown', 'PageDown', 'Home');
  await press('/', 's', 'm', 'i', 'Control+a', 'Delete', 'Escape');
  await press('Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Escape');
  await press('y', 'ArrowRight', 'Enter', 'Escape', 'Escape', 'Escape');
  await press('Control+k', 'p', 'a', 'c', 'ArrowDown', 'Escape');
  await press('g', 'd');
  await press('g', 'p', 'ArrowDown', 'Enter');
  await press('g', 's');
  await press('g', 'y');
  await page.evaluate((path) => history.pushState(null, '', path), `/packages/${library.large.id}`);
  await page.goBack();
  await delay(PAUSE_MS);
}
