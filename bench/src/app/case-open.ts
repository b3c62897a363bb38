/** Measures how a browser that has the library opens each page again, from the navigation to its first facts. */
import type { Page } from 'playwright-core';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from '../replica/bench.ts';
import type { Library } from '../replica/library.ts';

const RETURNS = 5;
const WITHIN_MS = 1200;

interface Place {
  readonly name: string;
  readonly path: string;
  /** A selector of the page's own facts, which must hold a digit. */
  readonly facts: string;
  readonly target?: number;
}

function places({ projectId, large }: Library): readonly Place[] {
  return [
    { name: 'dashboard', path: '/', facts: 'main .figure', target: WITHIN_MS },
    { name: 'projects', path: '/projects', facts: 'main tbody td' },
    { name: 'project', path: `/projects/${projectId}`, facts: 'main tbody td' },
    { name: 'subjects', path: '/subjects', facts: 'main tbody td' },
    {
      name: `package of ${large.assets.toLocaleString('en')}, first tiles`,
      path: `/packages/${large.id}`,
      facts: '[role=option][data-index][title]:not([title=""])',
      target: WITHIN_MS,
    },
    { name: 'all assets, first tiles', path: '/assets', facts: '[role=option][data-index][title]:not([title=""])' },
  ];
}

export async function openCase({ library, people }: Bench): Promise<Results> {
  const [ada] = await people();
  const figures: Figure[] = [];
  for (const place of places(library)) {
    const times: number[] = [];
    for (let round = 0; round < RETURNS; round++) {
      await ada.comeBack();
      await watchFacts(ada.page, place.facts);
      await ada.page.goto(`${library.product.url}${place.path}`);
      times.push(await factsAt(ada.page));
    }
    figures.push(
      {
        what: `${place.name}, p50`,
        value: percentile(times, 0.5),
        unit: 'ms',
        ...(place.target !== undefined && { target: { atMost: place.target } }),
      },
      { what: `${place.name}, slowest`, value: percentile(times, 1), unit: 'ms' },
    );
  }
  return new Map([[OURS, figures]]);
}

/** From now on, notes when a document first shows facts, in the frame that has been handed to the compositor. */
async function watchFacts(page: Page, selector: string): Promise<void> {
  await page.addInitScript((wanted) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    Object.assign(globalThis, { factsAt: promise });
    const look = (): void => {
      const facts = [...document.querySelectorAll(wanted)];
      if (!facts.some((fact) => /\d/.test(`${fact.textContent}${fact.getAttribute('title') ?? ''}`)))
        return void requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  }, selector);
}

function factsAt(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { factsAt: Promise<number> }).factsAt);
}
