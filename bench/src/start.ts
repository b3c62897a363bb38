/** Measures the time from `npm start` to a browsable library: first with an empty data folder, then a second time. */
import { Product } from '@ingesthub/e2e/product.ts';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import postgres from 'postgres';
import { stopwatch } from './measure/stopwatch.ts';

const TIMEOUT_MS = 300_000;

export async function startBenchmark(): Promise<void> {
  await using folder = await temporaryFolder();
  const times = stopwatch();
  {
    await using product = await Product.start({ dataDir: `${folder.path}/data` });
    times.note('first start: ready');
    const sql = postgres(await product.databaseUrl(), { max: 1, onnotice: () => {} });
    const counted = (where: string) => async () => {
      const [row] = await sql.unsafe<{ count: number }[]>(`SELECT count(*)::integer AS count FROM ${where}`);
      return (row?.count ?? 0) > 0;
    };
    await waitFor('an asset is registered', counted('assets'), TIMEOUT_MS);
    times.note('first start: first demo asset');
    await waitFor('a thumbnail is made', counted(`assets WHERE thumbnail_status = 'ready'`), TIMEOUT_MS);
    times.note('first start: first thumbnail');
    await waitFor(
      'both demo packages are ready',
      async () => {
        const rows = await sql`SELECT 1 FROM packages WHERE status = 'ready'`;
        return rows.length === 2;
      },
      TIMEOUT_MS,
    );
    times.note('first start: whole demo library');
    await sql.end();
  }
  times.restart();
  await using _product = await Product.start({ dataDir: `${folder.path}/data` });
  times.note('second start: ready');
  times.print();
}
