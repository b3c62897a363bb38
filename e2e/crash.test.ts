import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { makeFaceCrops } from './src/face-crops.ts';
import { Product } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';
import { waitFor } from './src/wait-for.ts';

const CROPS = 200;

test('completes an ingest after a power cut, with each asset exactly once', async () => {
  await using folder = await temporaryFolder();
  const media = path.join(folder.path, 'media');
  await mkdir(media);
  const delivery = await makeFaceCrops(media, CROPS);
  const options = { dataDir: path.join(folder.path, 'data'), mediaRoots: [media] };

  {
    await using product = await Product.start(options);
    const sql = postgres(await product.databaseUrl(), { max: 1 });
    const following = product.ihub('ingest', delivery, '--project', 'Crash');
    await waitFor('some thumbnails are made, and not all', async () => {
      const [row] = await sql`SELECT count(*)::integer AS made FROM assets WHERE thumbnail_status = 'ready'`;
      return row?.['made'] > 10;
    });
    await sql.end();
    await product.powerCut();
    expect((await following).code).toBeNull();
  }

  await using product = await Product.start(options);
  const sql = postgres(await product.databaseUrl(), { max: 1 });
  await waitFor(
    'the run is done',
    async () => {
      const [run] = await sql`SELECT status FROM runs`;
      return run?.['status'] === 'done';
    },
    90_000,
  );
  const [counts] = await sql`
    SELECT count(*)::integer AS assets, count(DISTINCT relative_path)::integer AS paths,
      count(*) FILTER (WHERE thumbnail_status = 'ready' AND thumbnail_key IS NOT NULL)::integer AS thumbnails,
      count(problem)::integer AS problems
    FROM assets`;
  expect(counts).toEqual({ assets: CROPS, paths: CROPS, thumbnails: CROPS, problems: 0 });
  const [state] = await sql`
    SELECT packages.status, runs.assets_registered, runs.thumbnails_made FROM packages JOIN runs ON runs.package_id = packages.id`;
  expect(state).toEqual({ status: 'ready', assets_registered: CROPS, thumbnails_made: CROPS });
  const [asset] = await sql<{ id: string }[]>`SELECT id FROM assets ORDER BY random() LIMIT 1`;
  const picture = await fetch(`${product.url}/media/assets/${asset?.id}/thumbnail`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
  await sql.end();
});
