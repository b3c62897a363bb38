/**
 * Benchmarks the pages of the app in Chromium on a generated library: opening them again, working in them, and a
 * scripted session. `npm run bench app -- [--assets 1000000] [--case NAME,…] [--trace FOLDER]`
 */
import { availableParallelism, loadavg } from 'node:os';
import { openCase } from './app/case-open.ts';
import { sessionCase } from './app/case-session.ts';
import { workCase } from './app/case-work.ts';
import { printFigures } from './measure/figures.ts';
import { type Bench, type Case, OURS } from './replica/bench.ts';
import { machineCase } from './replica/case-machine.ts';
import { footprint } from './replica/footprint.ts';
import { startProduct } from './replica/library.ts';
import { parseReplicaOptions } from './replica/options.ts';
import { recorder } from './replica/record-trace.ts';
import { Visitor } from './replica/visitor.ts';

const cases: readonly Case[] = [
  { name: 'machine', title: 'The machine without the app', run: machineCase },
  { name: 'open', title: 'A browser that has the library opens a page again', run: openCase },
  {
    name: 'work',
    title: 'Work beside the grid: from the input to the frame that shows the whole result',
    run: workCase,
  },
  { name: 'session', title: 'A session by keyboard through the pages', run: sessionCase },
];

export async function appBenchmark(args: readonly string[]): Promise<void> {
  const options = parseReplicaOptions(
    args,
    cases.map(({ name }) => name),
  );
  await using stack = new AsyncDisposableStack();
  const interrupted = () => void stack.disposeAsync().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  stack.defer(() => void process.off('SIGINT', interrupted).off('SIGTERM', interrupted));

  const product = stack.use(await startProduct());
  const empty = await emptyFootprint(product.product.url);
  const library = await product.fill(options.assets);
  let ada: Promise<Visitor> | null = null;
  const bench: Bench = {
    library,
    baseline: null,
    empty,
    image: null,
    record: recorder(options.trace),
    async people() {
      ada ??= arrive(stack, library.address(library.large));
      return [await ada, await ada];
    },
  };
  console.log(
    `\n=== ${library.assets.toLocaleString('en')} assets, ${library.large.assets.toLocaleString('en')} of them in one package; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores at the start`,
  );
  for (const { name, title, run } of cases) {
    if (options.cases.length > 0 && !['machine', ...options.cases].includes(name)) continue;
    printFigures(title, await run(bench).catch((error: unknown) => new Map([[OURS, error as Error]])));
  }
}

async function emptyFootprint(url: string) {
  await using visitor = await Visitor.arrive();
  await visitor.openEmpty(url);
  return footprint(visitor);
}

async function arrive(stack: AsyncDisposableStack, url: string): Promise<Visitor> {
  const visitor = stack.use(await Visitor.arrive());
  await visitor.open(url);
  return visitor;
}
