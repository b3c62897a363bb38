/**
 * Benchmarks the shape engine, beside a real Electric when ELECTRIC_URL and ELECTRIC_DATABASE_URL are set.
 * `npm run bench shapes -- [--quick | --rows 100000,1000000] [--cases NAME,…] [--engine FILE]`
 */
import { availableParallelism, loadavg } from 'node:os';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { readConfig } from './measure/config.ts';
import { type Figure, printFigures } from './measure/figures.ts';
import { ShapeGoneError } from './measure/http-get.ts';
import { createBenchTable } from './shapes/bench-table.ts';
import { compressionCase } from './shapes/case-compression.ts';
import { fanOutCase, largeUpdateCase } from './shapes/case-crowd.ts';
import { latencyCase } from './shapes/case-latency.ts';
import { manyShapesCase } from './shapes/case-many-shapes.ts';
import { readingCase } from './shapes/case-reading.ts';
import { wholeTableCase } from './shapes/case-whole-table.ts';
import { type Contender, electricContender, embeddedContender } from './shapes/contender.ts';
import { printCurves } from './shapes/curves.ts';
import { floorFigures } from './shapes/floor.ts';
import { eventFloor } from './shapes/floor-events.ts';
import { parseShapesOptions, type ShapesOptions } from './shapes/options.ts';

const ATTEMPTS = 3;

interface Case {
  readonly name: string;
  readonly title: string;
  /** Set when the figures do not depend on the table's size: the case runs only for the first size. */
  readonly once?: boolean;
  run(contender: Contender, rows: number): Promise<Figure[]>;
}

const cases: readonly Case[] = [
  { name: 'reading', title: 'Reading a shape (bytes counted by node:http, nothing parsed)', run: readingCase },
  {
    name: 'compression',
    title: 'Reading it compressed (nothing is decompressed)',
    run: compressionCase,
  },
  ...([1, 100, 1000] as const).map((readers) => ({
    name: `update-${readers}`,
    title: `A 10,000-row update to ${readers === 1 ? 'one live reader' : `${readers} live readers`} (COMMIT sent -> last byte, long poll)`,
    once: true,
    run: (contender: Contender) => largeUpdateCase(contender, readers),
  })),
  ...(['long poll', 'SSE'] as const).flatMap((mode) => [
    {
      name: `latency-${mode === 'SSE' ? 'sse' : 'poll'}`,
      title: `A commit to one reader by ${mode}, 50 writes/s (below 0: the message overtook COMMIT's answer)`,
      once: true,
      run: (contender: Contender) => latencyCase(contender, mode),
    },
    {
      name: `fan-out-${mode === 'SSE' ? 'sse' : 'poll'}`,
      title: `One row to 1,000 readers by ${mode} (COMMIT sent -> last byte)`,
      once: true,
      run: (contender: Contender) => fanOutCase(contender, mode),
    },
  ]),
  { name: 'whole-table', title: 'An update of all rows in one transaction', run: wholeTableCase },
  { name: 'many-shapes', title: '24 shapes at once', run: manyShapesCase },
];

export async function shapesBenchmark(args: readonly string[]): Promise<void> {
  const options = parseShapesOptions(args);
  for (const [index, rows] of options.rows.entries()) await measure(rows, index === 0, options);
}

async function measure(rows: number, first: boolean, options: ShapesOptions): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const interrupted = () => void stack.disposeAsync().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  stack.defer(() => void process.off('SIGINT', interrupted).off('SIGTERM', interrupted));
  const folder = stack.use(await temporaryFolder());
  const engine = stack.use(await embeddedContender(folder.path, options.engine));
  const { electric } = readConfig(process.env);
  const contenders = [engine, ...(electric ? [stack.use(electricContender(electric))] : [])];

  const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores before the start`;
  console.log(`\n=== ${rows.toLocaleString('en')} rows of 20 columns; ${load}`);
  for (const { sql } of contenders) await createBenchTable(sql, rows);
  printFigures('The machine without an engine', new Map([['here', await floorFigures(engine.sql, rows, folder.path)]]));

  await engine.phase('idle');
  const chosen = cases.filter(({ name }) => options.cases.length === 0 || options.cases.includes(name));
  for (const { name, title, once, run } of chosen) {
    if (once && !first) continue;
    if (name === 'latency-sse')
      printFigures('The same pace with a bare node:http server', new Map([['here', await eventFloor()]]));
    const results = new Map<string, readonly Figure[] | Error>();
    for (const contender of contenders) {
      const result = await attempt(() => run(contender, rows)).catch((error: unknown) => error as Error);
      results.set(contender.name, result instanceof Error ? new Error(reason(result, contender)) : result);
    }
    printFigures(title, results);
  }
  await engine.watch?.end();
  printCurves(engine.watch?.phases ?? [], rows);
}

/** Repeats a case whose shape disappears while readers follow it, which may happen at any time. */
async function attempt<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let number = 1; ; number++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ShapeGoneError) || number === ATTEMPTS) throw error;
    }
  }
}

function reason(error: Error, contender: Contender): string {
  return [error.message, contender.ended()].filter((text) => text !== null).join('; ');
}
