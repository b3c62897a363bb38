/** Measures, twenty times, how long a tag on one asset takes to appear in another browser. */
import type { Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from './bench.ts';
import { PackageView } from './package-view.ts';
import { eventTime } from './probe.ts';
import { tagPainted } from './replica-in-page.ts';

const ROUNDS = 20;

export async function oneTagCase({ library, people, record }: Bench): Promise<Results> {
  const [ada, ben] = await people();
  for (const visitor of [ada, ben]) await visitor.open(library.address(library.large));
  const view = new PackageView(ada.page);
  const own: number[] = [];
  const other: number[] = [];
  const run = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const tag = `one${round}`;
      await view.selectFirst(1, library.large.assets);
      await view.prepareTag(tag);
      const [here, there, eventAt] = await Promise.all([
        tagPainted(ada.page, { tag, index: 0 }),
        tagPainted(ben.page, { tag, index: 0 }),
        eventTime(ada.page, 'keydown', () => ada.page.keyboard.press('Enter')),
      ]);
      own.push(here - eventAt);
      other.push(there - eventAt);
    }
  };
  await record('one-tag', ada.context, run);
  return new Map([
    [
      OURS,
      [
        { what: 'painted where it was made, p50', value: percentile(own, 0.5), unit: 'ms' },
        { what: 'painted where it was made, p95', value: percentile(own, 0.95), unit: 'ms' },
        {
          what: 'painted in the other browser, p50',
          value: percentile(other, 0.5),
          unit: 'ms',
          target: { atMost: 60 },
        },
        { what: 'painted in the other browser, p95', value: percentile(other, 0.95), unit: 'ms' },
      ],
    ],
  ]);
}
