import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { mutationResponse } from '@ingesthub/schema/mutations/mutations.ts';
import postgres from 'postgres';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeFaceCrops } from './src/face-crops.ts';
import { postgresTags } from './src/postgres-tags.ts';
import { Product } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';

test('applies each tag mutation exactly once when a burst is sent again after a power cut', async () => {
  await using folder = await temporaryFolder();
  const media = path.join(folder.path, 'media');
  await mkdir(media);
  const delivery = await makeFaceCrops(media, 60);
  const options = { dataDir: path.join(folder.path, 'data'), mediaRoots: [media] };
  const client = uuid();
  let burst: { id: string; name: string; args: unknown }[] = [];
  let answered = 0;

  {
    await using product = await Product.start(options);
    await product.ihub('ingest', delivery, '--project', 'Burst');
    const sql = postgres(await product.databaseUrl(), { max: 1 });
    const ids = (await sql<{ id: string }[]>`SELECT id FROM assets`).map((row) => row.id);
    await sql.end();
    burst = Array.from({ length: 2000 }, (_, index) => ({
      id: uuid(),
      name: 'assets.tag',
      args: { ids, add: [`burst-${index % 40}`], remove: [] },
    }));
    for (let start = 0; start < burst.length; start += 20) {
      const sending = send(product.url, client, burst.slice(start, start + 20)).catch(() => null);
      if (start === 400) await product.powerCut();
      const results = await sending;
      if (results === null) break;
      answered += results.length;
    }
  }
  expect(answered).toBeGreaterThan(0);
  expect(answered).toBeLessThan(burst.length);

  await using product = await Product.start(options);
  for (let start = 0; start < burst.length; start += 100) {
    const results = await send(product.url, client, burst.slice(start, start + 100));
    expect(results.every((result) => result.status === 'applied')).toBe(true);
  }
  const sql = postgres(await product.databaseUrl(), { max: 1 });
  const [mutations] = await sql`SELECT count(*)::integer AS count FROM mutations WHERE client = ${client}`;
  expect(mutations?.['count']).toBe(burst.length);
  const sets = new Set([...(await postgresTags(sql)).values()].map((tags) => tags.join()));
  expect([...sets]).toEqual([
    Array.from({ length: 40 }, (_, index) => `burst-${index}`)
      .toSorted()
      .join(),
  ]);
  await sql.end();
});

async function send(url: string, client: string, mutations: unknown[]) {
  const response = await fetch(`${url}/api/mutations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client, mutations }),
  });
  return mutationResponse.parse(await response.json()).results;
}
