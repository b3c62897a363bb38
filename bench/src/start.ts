/** From `npm start` to a library that can be browsed: a first start with an empty data folder, then a second. */
import { Product } from '@ingesthub/e2e/product.ts';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import postgres from 'postgres';

const TIMEOUT_MS = 300_000;

export async function startBenchmark(): Promise<void> {
  await using folder = await temporaryFolder();
  const seconds: Record<string, number> = {};
  {
    const since = stopwatch(seconds);
    await using product = await Product.start({ dataDir: `${folder.path}/data` });
    since('first start: ready');
    const sql = postgres(await product.databaseUrl(), { max: 1, onnotice: () => {} });
    const counted = (where: string) => async () => {
      const [row] = await sql.unsafe<{ count: number }[]>(`SELECT count(*)::integer AS count FROM ${where}`);
      return (row?.count ?? 0) > 0;
    };
    await waitFor('an asset is registered', counted('assets'), TIMEOUT_MS);
    since('first start: first demo asset');
    await waitFor('a thumbnail is made', counted(`assets WHERE thumbnail_status = 'ready'`), TIMEOUT_MS);
    since('first start: first thumbnail');
    await waitFor(
      'both demo packages are ready',
      async () => {
        const rows = await sql`SELECT 1 FROM packages WHERE status = 'ready'`;
        return rows.length === 2;
      },
      TIMEOUT_MS,
    );
    since('first start: whole demo library');
    await sql.end();
  }
  const since = stopwatch(seconds);
  await using _product = await Product.start({ dataDir: `${folder.path}/data` });
  since('second start: ready');
  console.table(Object.entries(seconds).map(([what, value]) => ({ what, seconds: value })));
}

function stopwatch(seconds: Record<string, number>): (what: string) => void {
  const started = performance.now();
  return (what) => {
    seconds[what] = Math.round((performance.now() - started) / 100) / 10;
  };
}
