/** A generated library of 100,000 assets: from Postgres into a browser, and a tag on 10,000 of them back. */
import { newPerson } from '@ingesthub/e2e/browser.ts';
import { Product } from '@ingesthub/e2e/product.ts';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import type { Page } from 'playwright-core';
import postgres from 'postgres';
import { stopwatch } from './stopwatch.ts';

const ASSETS = 100_000;
const TAGGED = 10_000;
const TIMEOUT_MS = 300_000;

export async function replicaBenchmark(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const product = stack.use(await Product.start({ dataDir: `${folder.path}/data`, mediaRoots: [folder.path] }));
  const sql = postgres(await product.databaseUrl(), { max: 1, onnotice: () => {} });
  stack.defer(() => sql.end());
  const times = stopwatch();
  await seedLibrary(sql, { assets: ASSETS, projects: 1 });
  times.note(`seed ${ASSETS} assets`);
  const [project] = await sql<{ id: string }[]>`SELECT id FROM projects`;

  times.restart();
  const url = `${product.url}/api/shapes/assets?project=${project?.id}`;
  for (const what of ['shape: first snapshot', 'shape: again from its log']) {
    times.restart();
    const bytes = await readShape(url);
    times.note(`${what}, ${Math.round(bytes / 1e6)} MB`);
  }

  times.restart();
  const ada = stack.use(await newPerson(product.url));
  await upToDate(ada.page);
  times.note('browser: cold open until up to date');
  times.restart();
  await ada.page.reload();
  await upToDate(ada.page);
  times.note('browser: warm open until up to date');
  const ben = stack.use(await newPerson(product.url));
  await upToDate(ben.page);

  const ids = (await sql<{ id: string }[]>`SELECT id FROM assets LIMIT ${TAGGED}`).map((row) => row.id);
  const tagged = `SELECT count(*)::integer AS count FROM assets WHERE tags @> '{bench}'`;
  times.restart();
  await ada.page.evaluate(
    (args) =>
      (
        globalThis as unknown as { ingestHub: { replica: { mutate(name: string, args: object): Promise<unknown> } } }
      ).ingestHub.replica
        .mutate('assets.tag', args)
        .then(() => null),
    { ids, add: ['bench'], remove: [] },
  );
  times.note(`tag ${TAGGED}: safe on this device`);
  await waitFor('Postgres has the tags', async () => (await sql.unsafe(tagged))[0]?.['count'] === TAGGED, TIMEOUT_MS);
  times.note(`tag ${TAGGED}: in Postgres`);
  await waitFor('the other browser has the tags', async () => (await count(ben.page, tagged)) === TAGGED, TIMEOUT_MS);
  times.note(`tag ${TAGGED}: in the other browser`);
  times.print();
}

/** @returns the bytes read. */
async function readShape(url: string): Promise<number> {
  let bytes = 0;
  let query = '&offset=-1';
  for (;;) {
    const response = await fetch(url + query);
    bytes += (await response.arrayBuffer()).byteLength;
    if (response.headers.has('electric-up-to-date')) return bytes;
    query = `&handle=${response.headers.get('electric-handle')}&offset=${response.headers.get('electric-offset')}`;
  }
}

function upToDate(page: Page): Promise<void> {
  return page.getByTestId('replica-progress').filter({ hasText: 'Up to date' }).waitFor({ timeout: TIMEOUT_MS });
}

function count(page: Page, text: string): Promise<number> {
  return page.evaluate(async (sql) => {
    const { replica } = (
      globalThis as unknown as { ingestHub: { replica: { query(statement: object): Promise<{ count: number }[]> } } }
    ).ingestHub;
    const [row] = await replica.query({ text: sql, values: [] });
    return row?.count ?? 0;
  }, text);
}
