/** Measures how a browser that already has the library opens it again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from './bench.ts';
import type { Marks } from './probe.ts';

const RELOADS = 5;
const RETURNS = 5;
const LARGE = 500_000;
/** Milliseconds that a person looks at a list before the first restart. */
const STAY_MS = 10_000;

export async function warmCase({ library, people, record }: Bench): Promise<Results> {
  const [ada] = await people();
  const target = { atMost: library.assets > LARGE ? 2500 : 1500 };
  await ada.open(library.address(library.large));
  await delay(STAY_MS);
  const reloads: Marks[] = [];
  const returns: Marks[] = [];
  for (let round = 0; round < RETURNS; round++) {
    await ada.comeBack();
    const open = () => ada.open(library.address(library.large));
    returns.push(await (round === 0 ? record('warm', ada.context, open) : open()));
  }
  for (let round = 0; round < RELOADS; round++) reloads.push(await ada.reload());
  return new Map([
    [OURS, [...figures('browser restarted', returns, target), ...figures('page reloaded', reloads, target)]],
  ]);
}

function figures(what: string, samples: readonly Marks[], target: NonNullable<Figure['target']>): Figure[] {
  const value = (mark: keyof Marks, share: number) => {
    const known = samples.flatMap((sample) => sample[mark] ?? []);
    return known.length > 0 ? percentile(known, share) : null;
  };
  return [
    { what: `${what}: first rows painted, p50`, value: value('firstRows', 0.5), unit: 'ms', target },
    { what: `${what}: first rows painted, slowest`, value: value('firstRows', 1), unit: 'ms' },
    { what: `${what}: first picture painted, p50`, value: value('firstPicture', 0.5), unit: 'ms' },
    { what: `${what}: ready, p50`, value: value('ready', 0.5), unit: 'ms', target },
    { what: `${what}: ready, slowest`, value: value('ready', 1), unit: 'ms' },
    { what: `${what}: first answer of the mirror, p50`, value: value('mirror', 0.5), unit: 'ms' },
    { what: `${what}: first answer of the mirror, slowest`, value: value('mirror', 1), unit: 'ms' },
    { what: `${what}: from ready to the first answer of the mirror, p50`, value: sinceReady(samples), unit: 'ms' },
  ];
}

function sinceReady(samples: readonly Marks[]): number | null {
  const known = samples.flatMap(({ mirror, ready }) => (mirror === null || ready === null ? [] : mirror - ready));
  return known.length > 0 ? percentile(known, 0.5) : null;
}
