/**
 * Benchmarks the replica in Chromium: loading a generated library, working in it and syncing between browsers, beside
 * pglite-sync.
 * `npm run bench replica -- [--assets 1000000] [--case NAME,…] [--no-baseline] [--trace FOLDER]`
 */
import { availableParallelism, loadavg } from 'node:os';
import { printFigures } from './measure/figures.ts';
import { type ServedBaseline, serveBaseline } from './replica/baseline/serve-baseline.ts';
import { type Bench, type Case, OURS } from './replica/bench.ts';
import { addProjectCase } from './replica/case-add-project.ts';
import { bulkCase } from './replica/case-bulk.ts';
import { bytesCase } from './replica/case-bytes.ts';
import { coldCase, coldRowsCase } from './replica/case-cold.ts';
import { flingCase } from './replica/case-fling.ts';
import { listsCase } from './replica/case-lists.ts';
import { machineCase } from './replica/case-machine.ts';
import { oneTagCase } from './replica/case-one-tag.ts';
import { warmCase } from './replica/case-warm.ts';
import { type Footprint, footprint } from './replica/footprint.ts';
import { type Library, startProduct } from './replica/library.ts';
import { parseReplicaOptions } from './replica/options.ts';
import { recorder } from './replica/record-trace.ts';
import { imageIsReady, noteImageAddress } from './replica/replica-image.ts';
import { Visitor } from './replica/visitor.ts';

const cases: readonly Case[] = [
  { name: 'machine', title: 'The machine without the app', run: machineCase },
  { name: 'cold', title: 'Cold: an empty browser opens the large package', run: coldCase },
  { name: 'cold-rows', title: 'Cold, while the server has no image yet: row by row', run: coldRowsCase },
  { name: 'bytes', title: 'Bytes per asset', run: bytesCase },
  { name: 'warm', title: 'Warm: a browser reopens the package', run: warmCase },
  { name: 'lists', title: 'Lists: from the input to the frame that shows the whole result', run: listsCase },
  { name: 'fling', title: 'Scrolling for 10 s', run: flingCase },
  { name: 'one-tag', title: 'One tag, from the key to the other browser’s screen', run: oneTagCase },
  { name: 'bulk', title: 'Bulk tag, from the key', run: bulkCase },
  { name: 'add-project', title: 'Projects added to a device in use', run: addProjectCase },
];

export async function replicaBenchmark(args: readonly string[]): Promise<void> {
  const options = parseReplicaOptions(
    args,
    cases.map(({ name }) => name),
  );
  await using stack = new AsyncDisposableStack();
  const interrupted = () => void stack.disposeAsync().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  stack.defer(() => void process.off('SIGINT', interrupted).off('SIGTERM', interrupted));

  const product = stack.use(await startProduct());
  const { empty, imageAddress } = await lookAround(product.product.url);
  const library = await product.fill(options.assets);
  const image = await readyImage(imageAddress, library);
  const baseline: ServedBaseline | null = options.baseline ? stack.use(await serveBaseline(product.product.url)) : null;
  let people: Promise<readonly [Visitor, Visitor]> | null = null;
  const bench: Bench = {
    library,
    baseline,
    empty,
    image,
    record: recorder(options.trace),
    people() {
      people ??= twoPeople(stack, library.address(library.large));
      return people;
    },
  };

  const load = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores at the start`;
  console.log(
    `\n=== ${library.assets.toLocaleString('en')} assets, ${library.large.assets.toLocaleString('en')} of them in one package; ${load}`,
  );
  for (const { name, title, run } of cases) {
    // The machine's own figures belong beside every other figure, so that case always runs.
    if (options.cases.length > 0 && !['machine', ...options.cases].includes(name)) continue;
    const results = await run(bench).catch((error: unknown) => new Map([[OURS, error as Error]]));
    printFigures(title, results);
  }
}

/** Measures a browser's footprint on an empty library and notes the image address it requests. */
async function lookAround(url: string): Promise<{ empty: Footprint; imageAddress: URL | null }> {
  await using visitor = await Visitor.arrive();
  const address = noteImageAddress(visitor);
  await visitor.openEmpty(url);
  return { empty: await footprint(visitor), imageAddress: address() };
}

/** @returns the image's address; null, with a note, when the server builds none and browsers load row by row. */
async function readyImage(address: URL | null, { filledAt, assets }: Library): Promise<URL | null> {
  try {
    if (address === null) throw new Error('browsers request no image');
    await imageIsReady(address, filledAt, assets);
    return address;
  } catch (error) {
    console.log(`\nWithout an image of the library: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

async function twoPeople(stack: AsyncDisposableStack, url: string): Promise<readonly [Visitor, Visitor]> {
  const ada = stack.use(await Visitor.arrive());
  const ben = stack.use(await Visitor.arrive());
  await ada.open(url);
  await ben.open(url);
  return [ada, ben];
}
