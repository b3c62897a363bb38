/** Measures the time from `ihub ingest` of a large delivery to its first browsable assets and visible pictures. */
import { link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Figure, Results } from '../measure/figures.ts';
import { makeFaceCrops } from './face-crops.ts';
import { MemorySamples, startProductRun } from './product-run.ts';

export interface FirstAssetsOptions {
  readonly crops: number;
  /** Number of distinct crops; the others are links to these. */
  readonly distinct: number;
}

/** Number of tiles on one screen of the grid. */
const SCREEN = 60;

export async function firstAssetsBenchmark({ crops, distinct }: FirstAssetsOptions): Promise<Results> {
  await using run = await startProductRun((media) => writeCrops(media, crops, distinct));
  using memory = new MemorySamples(run);
  const command = run.ihub('ingest', path.join(run.media, 'delivery'), '--project', 'Bench', '--no-wait', '--json');
  const first = run.until((sql) => sql`SELECT EXISTS (SELECT FROM assets) AS seen`);
  const picture = run.until((sql) => sql`SELECT EXISTS (SELECT FROM assets WHERE thumbnail_key IS NOT NULL) AS seen`);
  const screen = run.until(
    (sql) =>
      sql`SELECT count(thumbnail_key) >= ${SCREEN} AS seen FROM (SELECT thumbnail_key FROM assets WHERE thumbnail_key IS NOT NULL LIMIT ${SCREEN}) AS made`,
  );
  const registered = run.until(
    (sql) => sql`SELECT coalesce(bool_or(status IN ('processing', 'done')), false) AS seen FROM runs`,
  );
  const done = run.until((sql) => sql`SELECT coalesce(bool_or(status = 'done'), false) AS seen FROM runs`);
  const seconds = async (what: string, time: Promise<number>, atMost?: number): Promise<Figure> => ({
    what,
    value: (await time) / 1000,
    unit: 's',
    ...(atMost === undefined ? {} : { target: { atMost } }),
  });
  const figures = [
    await seconds('first asset', first, 2),
    await seconds('first thumbnail', picture, 4),
    await seconds('a screen of thumbnails', screen),
    await seconds('all registered', registered),
    await seconds('all done', done),
  ];
  await command;
  return new Map([
    [
      'from the command',
      [
        ...figures,
        { what: 'memory at most', value: Math.max(...memory.samples) / 1e6, unit: 'MB' },
        { what: 'memory at the end', value: (memory.samples.at(-1) ?? 0) / 1e6, unit: 'MB' },
      ],
    ],
  ]);
}

/** Writes real crops and links to them under other names: each is a separate asset. */
async function writeCrops(media: string, crops: number, distinct: number): Promise<void> {
  const folder = path.join(media, 'delivery', 'aligned');
  await mkdir(folder, { recursive: true });
  const drawn = await makeFaceCrops(folder, Math.min(crops, distinct));
  for (let index = drawn.length; index < crops; index += 1) {
    const file = drawn[index % drawn.length];
    if (file !== undefined) await link(file, path.join(folder, `${String(index + 1).padStart(5, '0')}_0.png`));
  }
}
