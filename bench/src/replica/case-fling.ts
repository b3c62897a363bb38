/** Measures ten seconds of scrolling through a large package, by hand and at the speed of a dragged scroll bar. */
import type { Page } from 'playwright-core';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from './bench.ts';
import { PackageView } from './package-view.ts';

const SECONDS = 10;
/** Initial pixels per second of a strong fling with a wheel or touchpad. */
const FLING_SPEED = 8000;
/** Milliseconds per frame at 60 Hz. */
const FRAME_MS = 1000 / 60;
const ROUNDS = 3;

interface Ride {
  /** Share of display frames for which the page produced none. */
  readonly dropped: number;
  /** Milliseconds. */
  readonly longestGap: number;
  /** Share of frames with a tile whose row was not read yet. */
  readonly waiting: number;
  readonly pixels: number;
}

export async function flingCase({ library, people, record }: Bench): Promise<Results> {
  const [ada] = await people();
  await ada.open(library.address(library.large));
  const view = new PackageView(ada.page);
  const height = await view.grid.evaluate((grid) => grid.scrollHeight - grid.clientHeight);
  const figures: Figure[] = [];
  for (const [what, speed] of [
    [`fling, ${FLING_SPEED} px/s`, FLING_SPEED],
    ['through the whole list', height / SECONDS],
  ] as const) {
    const rides: Ride[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await view.toTop();
      rides.push(await record('fling', ada.context, () => ride(ada.page, view, speed)));
    }
    const median = (of: keyof Ride) =>
      percentile(
        rides.map((one) => one[of]),
        0.5,
      );
    figures.push(
      { what: `${what}: dropped frames`, value: 100 * median('dropped'), unit: '%', target: { below: 1 } },
      { what: `${what}: longest gap`, value: median('longestGap'), unit: 'ms' },
      { what: `${what}: frames with a tile waiting for its row`, value: 100 * median('waiting'), unit: '%' },
      { what: `${what}: scrolled`, value: median('pixels'), unit: 'px' },
    );
  }
  return new Map([[OURS, figures]]);
}

/** Scrolls with the browser's own gesture while the page counts its frames. */
async function ride(page: Page, view: PackageView, speed: number): Promise<Ride> {
  const box = await view.grid.boundingBox();
  if (box === null) throw new Error('The list is not on the screen.');
  const session = await page.context().newCDPSession(page);
  const counted = countFrames(view);
  await session.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: -Math.round(speed * SECONDS),
    speed: Math.round(speed),
    gestureSourceType: 'mouse',
  });
  await page.evaluate(() => Object.assign(globalThis, { rideOver: true }));
  await session.detach();
  return counted;
}

function countFrames(view: PackageView): Promise<Ride> {
  return view.grid.evaluate((grid, frameMs) => {
    Object.assign(globalThis, { rideOver: false });
    const from = grid.scrollTop;
    const gaps: number[] = [];
    let waiting = 0;
    let last: number | null = null;
    // Reading the scroll position in each frame would force an extra layout.
    let begun = false;
    grid.addEventListener(
      'scroll',
      () => {
        begun = true;
      },
      { once: true },
    );
    return new Promise<Ride>((resolve) => {
      const onFrame = (at: number) => {
        const over = (globalThis as unknown as { rideOver: boolean }).rideOver;
        if (begun && !over) {
          if (last !== null) gaps.push(at - last);
          last = at;
          if (grid.querySelector('[role=option]:not([title])') !== null) waiting++;
        }
        if (!over) return void requestAnimationFrame(onFrame);
        const missed = gaps.map((gap) => Math.max(0, Math.round(gap / frameMs) - 1));
        const dropped = missed.reduce((sum, count) => sum + count, 0);
        resolve({
          dropped: dropped / Math.max(1, dropped + gaps.length),
          longestGap: Math.max(...gaps),
          waiting: waiting / Math.max(1, gaps.length),
          pixels: grid.scrollTop - from,
        });
      };
      requestAnimationFrame(onFrame);
    });
  }, FRAME_MS);
}
