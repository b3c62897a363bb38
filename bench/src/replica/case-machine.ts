/** Measures the machine's present performance without the app, as a reference for the other figures. */
import { loadavg } from 'node:os';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import type { Bench } from './bench.ts';
import { measure } from './probe.ts';
import { Visitor } from './visitor.ts';

const KEYS = 20;
const FRAMES_MS = 5000;
const FRAME_MS = 1000 / 60;
const STEPS = 50_000_000;

export async function machineCase(_: Bench): Promise<Results> {
  await using visitor = await Visitor.arrive();
  const { page } = visitor;
  await page.goto('data:text/html,<div role=option data-index=0 title=0>');
  await page.evaluate(() => {
    addEventListener('keydown', () => {
      const tile = document.querySelector<HTMLElement>('[role=option]');
      if (tile) tile.title = `${Number(tile.title) + 1}`;
    });
  });
  const keys = await repeat(KEYS, () => measure(page, 'keydown', () => page.keyboard.press('a')));
  const times = keys.flatMap((shown) => shown?.ms ?? []);
  const dropped = await page.evaluate(
    ([forMs, frameMs]) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        let [last, missed, made] = [began, 0, 0];
        const onFrame = (at: number) => {
          missed += Math.max(0, Math.round((at - last) / frameMs) - 1);
          made++;
          last = at;
          if (at - began < forMs) requestAnimationFrame(onFrame);
          else resolve(missed / (missed + made));
        };
        requestAnimationFrame(onFrame);
      }),
    [FRAMES_MS, FRAME_MS] as const,
  );
  const loops = await repeat(5, () =>
    page.evaluate((steps) => {
      const began = performance.now();
      let sum = 0;
      for (let step = 0; step < steps; step++) sum = (sum + step * 7) | 0;
      return sum === 0.5 ? 0 : performance.now() - began;
    }, STEPS),
  );
  const figures: Figure[] = [
    { what: 'load average', value: loadavg()[0] ?? null, unit: '' },
    { what: 'a loop of 50 million additions, p50', value: percentile(loops, 0.5), unit: 'ms' },
    { what: 'a key to the frame that shows it, empty page, p50', value: percentile(times, 0.5), unit: 'ms' },
    { what: 'a key to the frame that shows it, empty page, p95', value: percentile(times, 0.95), unit: 'ms' },
    { what: 'dropped frames of an empty page', value: 100 * dropped, unit: '%' },
  ];
  return new Map([['here', figures]]);
}
