/**
 * Benchmarks the ingestor: names, first registration, unchanged rescans, stills and videos. `npm run bench ingest --
 * [--case NAME,…] [--quick]`
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { faceMetadataBenchmark } from './ingest/face-metadata.ts';
import { firstAssetsBenchmark } from './ingest/first-assets.ts';
import { readingNamesBenchmark } from './ingest/reading-names.ts';
import { registeringBenchmark } from './ingest/registering.ts';
import { scanTreeBenchmark } from './ingest/scan-tree.ts';
import { STILLS, stillsBenchmark } from './ingest/stills.ts';
import { videosBenchmark } from './ingest/videos.ts';
import { printFigures } from './measure/figures.ts';

/** Cases by name. @param quick runs about a tenth of the work. */
const cases: Readonly<Record<string, (quick: boolean) => Promise<void>>> = {
  async scan(quick) {
    await scanTreeBenchmark({ files: quick ? 10_000 : 100_000 });
  },
  async names(quick) {
    readingNamesBenchmark({ files: quick ? 10_000 : 100_000 });
  },
  async register(quick) {
    const files = quick ? 10_000 : 100_000;
    printFigures(
      `Registering ${files.toLocaleString('en')} files`,
      await registeringBenchmark({ files, rescans: quick ? 2 : 7 }),
    );
  },
  async faces(quick) {
    await faceMetadataBenchmark({ crops: quick ? 1000 : 10_000 });
  },
  async stills(quick) {
    printFigures('Stills', await stillsBenchmark(quick ? { ...STILLS, files: 200, rounds: 2, sample: 20 } : STILLS));
  },
  async videos(quick) {
    await videosBenchmark({ rounds: quick ? 1 : 3 });
  },
  async first(quick) {
    const crops = quick ? 5000 : 50_000;
    printFigures(
      `A delivery of ${crops.toLocaleString('en')} crops`,
      await firstAssetsBenchmark({ crops, distinct: 1000 }),
    );
  },
};

export async function ingestBenchmark(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { case: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const names = values.case?.split(',') ?? Object.keys(cases);
  const unknown = names.filter((name) => !Object.hasOwn(cases, name));
  if (unknown.length > 0) {
    throw new Error(`Unknown case ${unknown.join(', ')}. Choose from ${Object.keys(cases).join(', ')}.`);
  }
  for (const name of names) {
    const load = loadavg()[0]?.toFixed(1);
    console.log(`\n${name}: ${availableParallelism()} processors, load ${load}`);
    await cases[name]?.(values.quick);
  }
}
