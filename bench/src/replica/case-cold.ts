/** Measures how an empty browser loads the library, with ours and then with pglite-sync. */
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import type { ServedBaseline } from './baseline/serve-baseline.ts';
import type { BaselineReport } from './baseline/worker.ts';
import { type Bench, OURS } from './bench.ts';
import { footprint } from './footprint.ts';
import type { Library } from './library.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { Recorder } from './record-trace.ts';
import { IMAGE_PATH } from './replica-image.ts';
import { Visitor } from './visitor.ts';

const ROUNDS = 3;
/** Rounds for a large library, which takes minutes. */
const LARGE_ROUNDS = 1;
const LARGE = 300_000;
/** pglite-sync sometimes waits forever without ever reporting its first rows. */
const TIMEOUT_MS = 300_000;
const MB = 1e6;

/** Seconds or bytes; null where unmeasurable. */
type Sample = Readonly<Record<keyof typeof UNITS, number | null>>;

const UNITS = {
  'first rows painted': 's',
  'first picture painted': 's',
  'a screen of pictures painted': 's',
  'rows in, no index yet': 's',
  'fully local': 's',
  'renderer, private memory at its peak': 'MB',
  'renderer, private memory at rest': 'MB',
  'storage on disk': 'MB',
  'storage as the browser reports': 'MB',
} as const;

const TARGETS: Partial<Record<keyof Sample, NonNullable<Figure['target']>>> = {
  'fully local': { ofRival: 0.25 },
  'renderer, private memory at its peak': { ofRival: 0.6 },
  'renderer, private memory at rest': { ofRival: 0.6 },
};

export async function coldCase({ library, baseline, record }: Bench): Promise<Results> {
  const rounds = library.assets > LARGE ? LARGE_ROUNDS : ROUNDS;
  const ours = () => openOurs(library, record, { image: true });
  const contenders = new Map<string, () => Promise<Sample>>([[OURS, ours]]);
  if (baseline) {
    for (const storage of ['idb', 'opfs-ahp'] as const)
      contenders.set(`pglite-sync ${storage}`, () => openBaseline(baseline, library, storage));
  }
  const results = new Map<string, readonly Figure[] | Error>();
  for (const [name, open] of contenders) {
    const measured = repeat(rounds, open).then(figures);
    results.set(name, await measured.catch((error: unknown) => error as Error));
  }
  return results;
}

export async function coldRowsCase({ library, record }: Bench): Promise<Results> {
  const samples = await repeat(1, () => openOurs(library, record, { image: false }));
  return new Map([[OURS, figures(samples).map(({ target: _, ...figure }) => figure)]]);
}

async function openOurs(library: Library, record: Recorder, { image }: { image: boolean }): Promise<Sample> {
  await using visitor = await Visitor.arrive();
  using memory = await MemoryWatch.start(visitor.context);
  const { address, large } = library;
  if (!image) await visitor.context.route(`**${IMAGE_PATH}?*`, (route) => route.abort());
  await record(image ? 'cold' : 'cold-rows', visitor.context, async () => visitor.open(address(large)));
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  const rest = await footprint(visitor);
  const marks = await visitor.marks();
  return {
    'first rows painted': seconds(marks.firstRows),
    'first picture painted': seconds(marks.firstPicture),
    'a screen of pictures painted': seconds(marks.allPictures),
    'rows in, no index yet': null,
    'fully local': seconds(marks.ready),
    'renderer, private memory at its peak': memory.peak,
    'renderer, private memory at rest': rest.memory,
    'storage on disk': rest.storage,
    'storage as the browser reports': rest.estimate,
  };
}

async function openBaseline(baseline: ServedBaseline, library: Library, storage: 'idb' | 'opfs-ahp'): Promise<Sample> {
  await using visitor = await Visitor.arrive();
  using memory = await MemoryWatch.start(visitor.context);
  const { page } = visitor;
  await page.goto(`${baseline.url}/?storage=${storage}&project=${library.projectId}`);
  const reports = () => page.evaluate(() => (globalThis as unknown as { reports: BaselineReport[] }).reports);
  await waitFor(
    'pglite-sync is done',
    async () => {
      const failed = (await reports()).find(({ step }) => step === 'failed');
      if (failed) throw new Error(failed.reason);
      return (await reports()).some(({ step }) => step === 'done');
    },
    TIMEOUT_MS,
  );
  const began = await page.evaluate(() => performance.timeOrigin);
  const found = await reports();
  const seconds = (wanted: BaselineReport['step']) => {
    const report = found.find(({ step }) => step === wanted);
    return report ? (report.at - began) / 1000 : null;
  };
  const rest = await footprint(visitor, storage === 'idb' ? 'idb' : 'opfs');
  return {
    'first rows painted': null,
    'first picture painted': null,
    'a screen of pictures painted': null,
    'rows in, no index yet': seconds('rows'),
    'fully local': seconds('done'),
    'renderer, private memory at its peak': memory.peak,
    'renderer, private memory at rest': rest.memory,
    'storage on disk': rest.storage,
    'storage as the browser reports': rest.estimate,
  };
}

/** Returns the median of each figure. */
function figures(samples: readonly Sample[]): Figure[] {
  return (Object.keys(UNITS) as (keyof Sample)[]).map((what) => {
    const known = samples.flatMap((sample) => sample[what] ?? []);
    const median = known.length > 0 ? percentile(known, 0.5) : null;
    const unit = UNITS[what];
    const target = TARGETS[what];
    return { what, value: median !== null && unit === 'MB' ? median / MB : median, unit, ...(target && { target }) };
  });
}
