import path from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { newPerson } from './src/browser.ts';
import { PackagePage } from './src/package-page.ts';
import { Product } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';
import { waitFor } from './src/wait-for.ts';

test('creates a demo library that can be browsed on the first start without media roots', async () => {
  await using folder = await temporaryFolder();
  await using product = await Product.start({ dataDir: path.join(folder.path, 'data') });
  const sql = postgres(await product.databaseUrl(), { max: 1 });
  await waitFor(
    'both demo packages are ready',
    async () => (await sql`SELECT 1 FROM packages WHERE status = 'ready'`).length === 2,
    150_000,
  );
  const counts = await sql`
    SELECT packages.type, assets.asset_type, assets.file_type, count(*)::integer AS count, count(assets.problem)::integer AS problems
    FROM assets JOIN packages ON packages.id = package_id
    WHERE assets.file_type <> 'other' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  expect([...counts]).toEqual([
    { type: 'atman', asset_type: 'audio', file_type: 'audio', count: 2, problems: 0 },
    { type: 'atman', asset_type: 'graded', file_type: 'video', count: 2, problems: 0 },
    { type: 'atman', asset_type: 'raw', file_type: 'video', count: 4, problems: 0 },
    { type: 'vfx', asset_type: 'aligned', file_type: 'image', count: 300, problems: 0 },
    { type: 'vfx', asset_type: 'grid', file_type: 'video', count: 1, problems: 0 },
    { type: 'vfx', asset_type: 'plate', file_type: 'sequence', count: 1, problems: 0 },
  ]);
  const [vfx] = await sql<{ id: string }[]>`SELECT id FROM packages WHERE type = 'vfx'`;
  await sql.end();

  await using person = await newPerson(product.url);
  await person.page.getByText('Northlight').first().waitFor();
  const page = await PackagePage.open(person.page, product.url, vfx?.id ?? '');
  await page.says('shown', '303 of 303');
  await expect.poll(async () => (await page.pictures()).length).toBeGreaterThan(10);
  expect(person.complaints).toEqual([]);
});
