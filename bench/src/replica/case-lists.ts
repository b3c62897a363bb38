/** Measures everything a person does with the list of a large package. */
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import { type Bench, OURS } from './bench.ts';
import { type Floor, measureFloor } from './floor.ts';
import type { Library } from './library.ts';
import { PackageView } from './package-view.ts';
import { measure, type Shown } from './probe.ts';
import { askTime } from './replica-in-page.ts';
import type { Visitor } from './visitor.ts';

const ROUNDS = 3;
const OPENINGS = 10;
const JUMPS = 20;
const SELECTIONS = 5;
const WORDS = 4;
const QUERIES = 20;

/** How much longer than the floor a list may take: one frame at the median, two at the 95th percentile. */
const OVER_FLOOR_MS = { p50: 16, p95: 33 } as const;

type Samples = readonly (Shown | null)[];

export async function listsCase({ library, people, record }: Bench): Promise<Results> {
  const [ada] = await people();
  const { page } = ada;
  const floor = await measureFloor(page);
  await ada.open(library.address(library.large));
  const view = new PackageView(page);
  const times = library.assets > 500_000 ? 2 : 1;
  const figures: Figure[] = [
    { what: 'the floor: a bare page swaps a screen of tiles, p50', value: floor.p50, unit: 'ms' },
    { what: 'the floor, p95', value: floor.p95, unit: 'ms' },
  ];
  const target = { p50: floor.p50 + times * OVER_FLOOR_MS.p50, p95: floor.p95 + times * OVER_FLOOR_MS.p95 };
  const note = (what: string, samples: Samples, judged = true) =>
    figures.push(...spread(what, samples, judged ? target : null));

  for (const name of await view.facets()) {
    const samples: (Shown | null)[] = [];
    for (let round = 0; round < 2 * ROUNDS; round++) samples.push(await view.pressFacet(name));
    note(`filter ${name}`, samples);
  }
  for (const [what, search] of await addresses(library)) {
    const samples: (Shown | null)[] = [];
    for (let round = 0; round < ROUNDS; round++) samples.push(...(await view.backTo(search)));
    note(`filter by ${what}`, samples);
  }
  note('search, each letter', await record('search', ada.context, () => typeWords(view, library)));
  note('sort', await sortEach(view));
  note('jump to the middle and elsewhere', await repeat(JUMPS, (round) => view.jumpTo(jumpShare(round))), false);
  await view.toTop();
  const selections = await repeat(SELECTIONS, async () => {
    const shown = await view.selectAll();
    await view.clearSelection();
    return shown;
  });
  note('select all', selections, false);
  figures.push(...(await counts(ada, library)));
  for (const which of ['usual', 'large'] as const) {
    note(`open a package of ${library[which].assets.toLocaleString('en')}`, await openings(ada, library, which), false);
  }
  return new Map([[OURS, figures]]);
}

/** Returns filters that take more than one press, each as an address. */
async function addresses({ sql, large }: Library): Promise<[what: string, search: string][]> {
  const [found] = await sql<{ small: number; big: number; short: number; long: number }[]>`
    SELECT
      (percentile_disc(0.4) WITHIN GROUP (ORDER BY size_bytes))::float AS small,
      (percentile_disc(0.6) WITHIN GROUP (ORDER BY size_bytes))::float AS big,
      percentile_disc(0.25) WITHIN GROUP (ORDER BY duration_seconds) AS short,
      percentile_disc(0.75) WITHIN GROUP (ORDER BY duration_seconds) AS long
    FROM assets WHERE package_id = ${large.id}`;
  if (found === undefined) throw new Error('The large package has no assets.');
  return [
    ['a tag', query('tag:hero')],
    ['two tags', query('tag:hero tag:smile')],
    ['a tag and a status', query('tag:hero status:approved')],
    ['no subject', query('subject:none')],
    ['no camera', query('camera:none')],
    ['size', query(`size:${found.small}..${found.big}`)],
    ['duration', query(`dur:${found.short}..${found.long}`)],
    ['a region of the pose matrix', query('pose:10..30,-10..10')],
  ];
}

/** Returns the address of a filter. @param text as the query field has it */
function query(text: string): string {
  return `?q=${encodeURIComponent(text)}`;
}

/** Returns the middle first, then scattered positions, the same in each run. */
function jumpShare(round: number): number {
  return (0.5 + round * 0.381_966) % 1;
}

/** Types names from the package letter by letter. */
async function typeWords(view: PackageView, library: Library): Promise<Samples> {
  const names = await library.sql<{ name: string }[]>`
    SELECT name FROM assets WHERE package_id = ${library.large.id} ORDER BY md5(id::text) LIMIT ${WORDS}`;
  const samples: (Shown | null)[] = [];
  for (const { name } of names) {
    for (const letter of name.replace(/\.[^.]*$/, '')) samples.push(await view.typeLetter(letter));
    await view.clearText();
  }
  return samples;
}

async function sortEach(view: PackageView): Promise<Samples> {
  const sorts = await view.sorts();
  const [first] = sorts;
  const samples: (Shown | null)[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const sort of [...sorts.slice(1), ...(first === undefined ? [] : [first])]) {
      samples.push(await view.sortBy(sort), await view.turnOrder(), await view.turnOrder());
    }
  }
  return samples;
}

/** Times the counts that no control shows yet: the pose matrix's, and the histograms'. */
async function counts({ page }: Visitor, { large }: Library): Promise<Figure[]> {
  const list = {
    scope: { kind: 'package', id: large.id },
    where: {},
    sort: { by: 'name', descending: false },
  } as const;
  const histogram = (column: 'size_bytes' | 'duration_seconds' | 'sharpness' | 'yaw' | 'pitch') =>
    [column, { column, from: 0, to: 1_000_000, bins: 40 }] as const;
  const histograms = Object.fromEntries(
    (['size_bytes', 'duration_seconds', 'sharpness', 'yaw', 'pitch'] as const).map(histogram),
  );
  const asked = {
    'pose bins': { ...list, pose: { degrees: 10 } },
    'five histograms': { ...list, histograms },
  } as const;
  const figures: Figure[] = [];
  for (const [what, question] of Object.entries(asked)) {
    const times = await repeat(QUERIES, () => askTime(page, question));
    for (const share of [0.5, 0.95]) {
      figures.push({ what: `${what}, with the list, p${share * 100}`, value: percentile(times, share), unit: 'ms' });
    }
  }
  return figures;
}

/** Opens a package by clicks in the project's package list, without reloading the page. */
async function openings({ page }: Visitor, library: Library, which: 'usual' | 'large'): Promise<Samples> {
  const samples: (Shown | null)[] = [];
  const link = page.locator(`a[href="/packages/${library[which].id}"]`).first();
  for (let round = 0; round < OPENINGS; round++) {
    await page.goto(`${library.product.url}/projects/${library.projectId}`);
    await link.waitFor();
    samples.push(await measure(page, 'click', () => link.click()));
  }
  return samples;
}

function spread(what: string, samples: Samples, target: Floor | null): Figure[] {
  const times = samples.flatMap((shown) => shown?.ms ?? []);
  const whole = samples.flatMap((shown) => shown?.wholeMs ?? []);
  const still = samples.length - times.length;
  const name = still > 0 ? `${what} (${still} of ${samples.length} changed nothing on the screen)` : what;
  if (times.length === 0) return [{ what: name, value: null, unit: 'ms' }];
  return [
    {
      what: `${name}, p50`,
      value: percentile(times, 0.5),
      unit: 'ms',
      ...(target && { target: { atMost: target.p50 } }),
    },
    {
      what: `${name}, p95`,
      value: percentile(times, 0.95),
      unit: 'ms',
      ...(target && { target: { atMost: target.p95 } }),
    },
    { what: `${name}, p95 with its count`, value: percentile(whole, 0.95), unit: 'ms' },
  ];
}
