/** Measures when a tag on many assets reaches each stage. */
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import type { Sql } from 'postgres';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from './bench.ts';
import { PackageView } from './package-view.ts';
import { eventTime } from './probe.ts';
import { committed, noteMutations, tagArrives, tagPainted } from './replica-in-page.ts';

const SIZES = [1000, 10_000, 100_000];
const ROUNDS = 3;
const TIMEOUT_MS = 300_000;

/** Milliseconds since the key press. */
interface Sample {
  readonly repaint: number;
  readonly commit: number;
  readonly postgres: number;
  readonly arrived: number;
  readonly painted: number;
}

const STEPS: Record<keyof Sample, string> = {
  repaint: 'first tile that shows it',
  commit: 'safe on this device',
  postgres: 'in Postgres',
  arrived: 'in the other browser’s replica',
  painted: 'on the other browser’s screen',
};

const TARGETS: Partial<Record<keyof Sample, number>> = { repaint: 50, commit: 800, painted: 2000 };
const JUDGED = 10_000;

export async function bulkCase(bench: Bench): Promise<Results> {
  const { large } = bench.library;
  const figures: Figure[] = [];
  for (const size of SIZES.filter((count) => count <= large.assets)) {
    const samples: Sample[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const tag = `bulk${size}x${round}`;
      samples.push(await tagMany(bench, size, tag));
      await forget(bench, tag);
    }
    for (const [step, what] of Object.entries(STEPS) as [keyof Sample, string][]) {
      const target = size === JUDGED ? TARGETS[step] : undefined;
      figures.push({
        what: `${size.toLocaleString('en')}: ${what}`,
        value: percentile(
          samples.map((sample) => sample[step]),
          0.5,
        ),
        unit: 'ms',
        ...(target !== undefined && { target: { atMost: target } }),
      });
    }
  }
  return new Map([[OURS, figures]]);
}

async function tagMany({ library, people, record }: Bench, size: number, tag: string): Promise<Sample> {
  const { large, sql } = library;
  const [ada, ben] = await people();
  for (const visitor of [ada, ben]) await visitor.open(library.address(large));
  const view = new PackageView(ada.page);
  await noteMutations(ada.page);
  await view.selectFirst(size, large.assets);
  await view.toTop();
  await view.prepareTag(tag);

  return record(`bulk ${size}`, ada.context, async () => {
    const [repaint, arrived, painted, postgres, eventAt] = await Promise.all([
      tagPainted(ada.page, { tag, index: 0 }),
      tagArrives(ben.page, { tag, assets: size }),
      tagPainted(ben.page, { tag, index: 0 }),
      inPostgres(sql, tag, size),
      eventTime(ada.page, 'keydown', () => ada.page.keyboard.press('Enter')),
    ]);
    // A change may be split into several mutations; all are committed once the other browser has everything.
    const commit = Math.max(...(await committed(ada.page)));
    const since = (time: number) => time - eventAt;
    return {
      repaint: since(repaint),
      commit: since(commit),
      postgres: since(postgres),
      arrived: since(arrived),
      painted: since(painted),
    };
  });
}

/** Removes the tag, so that the next round starts from the same state. */
async function forget({ library, people }: Bench, tag: string): Promise<void> {
  await library.sql`DELETE FROM asset_tags WHERE tag = ${tag}`;
  for (const { page } of await people()) await tagArrives(page, { tag, assets: 0 });
}

/** @returns the wall-clock time in milliseconds when a query first saw the tag on all assets. */
async function inPostgres(sql: Sql, tag: string, size: number): Promise<number> {
  const condition = async () => {
    const [row] = await sql<{ count: number }[]>`SELECT count(*)::integer FROM asset_tags WHERE tag = ${tag}`;
    return row?.count === size;
  };
  await waitFor(`Postgres has ${size} tags`, condition, TIMEOUT_MS);
  return performance.timeOrigin + performance.now();
}
