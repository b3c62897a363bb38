/** Measures a person's work beside the grid: facets, ranges, words, orders, sections and poses. */
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import { type Bench, OURS } from '../replica/bench.ts';
import { measureFloor } from '../replica/floor.ts';
import { PackageView } from '../replica/package-view.ts';
import type { Shown } from '../replica/probe.ts';
import { askTime } from '../replica/replica-in-page.ts';

const ROUNDS = 5;
const QUESTIONS = 20;
/** Milliseconds over the floor: a frame and a half. */
const OVER_FLOOR_MS = 24;
const MATRIX_MS = 30;

export async function workCase({ library, people, record }: Bench): Promise<Results> {
  const [ada] = await people();
  const floor = await measureFloor(ada.page);
  await ada.open(library.address(library.large));
  const view = new PackageView(ada.page);
  const target = { atMost: floor.p50 + OVER_FLOOR_MS };
  const figures: Figure[] = [
    { what: 'the floor: a bare page swaps a screen of tiles, p50', value: floor.p50, unit: 'ms' },
    { what: 'the floor, p95', value: floor.p95, unit: 'ms' },
  ];
  const note = (what: string, samples: readonly (Shown | null)[]) => figures.push(...spread(what, samples, target));

  const facets = await view.facets();
  note(
    'a facet, on and off',
    await inTurn(facets.slice(0, 8), async (name) => [await view.pressFacet(name), await view.pressFacet(name)]),
  );
  note('a range, each step of its thumb', await record('range', ada.context, () => steps(view)));
  await view.clearText();
  const letters = [...'a001', ...'smi'];
  note('a letter of the search', await inTurn(letters, async (letter) => [await view.typeLetter(letter)]));
  await view.clearText();
  const sorts = await view.sorts();
  note('an order', await inTurn([...sorts.slice(1), ...sorts.slice(0, 1)], async (sort) => [await view.sortBy(sort)]));
  const groups = await view.groups();
  note('sections', await inTurn([...groups.slice(1), ...groups.slice(0, 1)], async (by) => [await view.groupBy(by)]));
  await view.openPoses();
  note('a region of the pose matrix', await repeat(ROUNDS, () => view.chooseNextPose()));
  await view.clearText();

  const list = { scope: { kind: 'package', id: library.large.id }, where: {}, sort: { by: 'name', descending: false } };
  for (const [what, question, atMost] of [
    ['a list, asked of the mirror', list, null],
    ['a list with its pose matrix', { ...list, pose: { degrees: 10 } }, MATRIX_MS],
  ] as const) {
    const times = await repeat(QUESTIONS, () => askTime(ada.page, question));
    figures.push({
      what: `${what}, p50`,
      value: percentile(times, 0.5),
      unit: 'ms',
      ...(atMost !== null && { target: { atMost } }),
    });
  }
  return new Map([[OURS, figures]]);
}

async function steps(view: PackageView): Promise<(Shown | null)[]> {
  const samples = await repeat(ROUNDS, () => view.moveThumb('Yaw from', 'ArrowRight'));
  return [...samples, ...(await repeat(ROUNDS, () => view.moveThumb('Yaw from', 'ArrowLeft')))];
}

async function inTurn<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<readonly (Shown | null)[]>,
): Promise<(Shown | null)[]> {
  const samples: (Shown | null)[] = [];
  for (const item of items) samples.push(...(await act(item)));
  return samples;
}

function spread(what: string, samples: readonly (Shown | null)[], target: Figure['target']): Figure[] {
  const times = samples.flatMap((shown) => shown?.ms ?? []);
  const still = samples.length - times.length;
  const name = still > 0 ? `${what} (${still} of ${samples.length} changed nothing on the screen)` : what;
  if (times.length === 0) return [{ what: name, value: null, unit: 'ms' }];
  return [
    { what: `${name}, p50`, value: percentile(times, 0.5), unit: 'ms', ...(target && { target }) },
    { what: `${name}, p95`, value: percentile(times, 0.95), unit: 'ms' },
  ];
}
