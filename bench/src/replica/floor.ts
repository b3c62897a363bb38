/** Measures what the bare platform needs for a filter's effect: a page that swaps a screen of tiles with pictures on a key. */
import type { Page } from 'playwright-core';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import { measure } from './probe.ts';

/** A screen of medium tiles at 1440 x 900, and those just outside it. */
const TILES = 77;
const KEYS = 30;

/** Milliseconds from a key to the frame in which every tile shows another name and another picture from memory. */
export interface Floor {
  readonly p50: number;
  readonly p95: number;
}

/** @param page with a probe; it is left on an empty page. */
export async function measureFloor(page: Page): Promise<Floor> {
  await page.goto('data:text/html,<body style="margin:0;display:grid;grid-template-columns:repeat(11,120px)">');
  await page.evaluate(async (count) => {
    const picture = async (hue: number): Promise<string> => {
      const canvas = new OffscreenCanvas(256, 144);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('No canvas.');
      context.fillStyle = `hsl(${hue} 50% 50%)`;
      context.fillRect(0, 0, 256, 144);
      return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg' }));
    };
    const pictures = await Promise.all(Array.from({ length: 2 * count }, (_, index) => picture(index * 5)));
    const tiles = Array.from({ length: count }, (_, index) => {
      const tile = document.createElement('div');
      tile.setAttribute('role', 'option');
      tile.dataset['index'] = `${index}`;
      const image = document.createElement('img');
      image.width = 120;
      tile.append(image, document.createElement('span'));
      document.body.append(tile);
      return { tile, image, name: tile.lastElementChild as HTMLElement };
    });
    let round = 0;
    const swap = () => {
      round++;
      for (const [index, { tile, image, name }] of tiles.entries()) {
        tile.title = `asset_${round}_${index}.png`;
        name.textContent = tile.title;
        image.src = pictures[(index + round * count) % pictures.length] as string;
      }
    };
    swap();
    addEventListener('keydown', swap);
  }, TILES);
  const shown = await repeat(KEYS, () => measure(page, 'keydown', () => page.keyboard.press('a')));
  await page.goto('about:blank');
  const times = shown.flatMap((one) => one?.ms ?? []);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}
