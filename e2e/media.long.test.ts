import { access } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Product, ROOT } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';

/** Real EXR, DPX, TIFF, JPEG and damaged files, if they exist beside the checkout. */
const MEDIA = path.resolve(ROOT, '../shared/media');
const present = await access(MEDIA).then(
  () => true,
  () => false,
);

const outcome = z.object({
  assets: z.object({ total: z.number() }),
  problems: z.array(z.object({ relative_path: z.string(), problem: z.string() })),
});

test.skipIf(!present)(
  'registers an EXR sequence as one asset, makes thumbnails of stills, and explains damaged files',
  async () => {
    await using folder = await temporaryFolder();
    await using product = await Product.start({ dataDir: path.join(folder.path, 'data'), mediaRoots: [MEDIA] });
    const results = [];
    for (const name of ['plates/beachball', 'stills', 'damaged']) {
      const { code, stdout, stderr } = await product.ihub(
        'ingest',
        path.join(MEDIA, name),
        '--project',
        'Demo',
        '--json',
      );
      expect([code, stderr]).toEqual([0, '']);
      results.push(outcome.parse(JSON.parse(stdout)));
    }
    const [beachball, stills, damaged] = results;
    const sql = postgres(await product.databaseUrl(), { max: 1 });
    const sequences = await sql`
    SELECT relative_path, file_type, first_frame, last_frame, frame_count, missing_frames, width, height, thumbnail_status, proxy_status
    FROM assets WHERE relative_path LIKE 'singlepart%' ORDER BY relative_path`;
    expect([...sequences]).toEqual([
      {
        relative_path: 'singlepart.####.exr',
        file_type: 'sequence',
        first_frame: 1,
        last_frame: 8,
        frame_count: 7,
        missing_frames: '7',
        width: 2048,
        height: 1556,
        thumbnail_status: 'ready',
        proxy_status: 'ready',
      },
      {
        relative_path: 'singlepart.####.jpg',
        file_type: 'sequence',
        first_frame: 1,
        last_frame: 8,
        frame_count: 8,
        missing_frames: null,
        width: 2048,
        height: 1556,
        thumbnail_status: 'ready',
        proxy_status: 'ready',
      },
    ]);
    expect([beachball?.assets.total, beachball?.problems]).toEqual([2, []]);

    // A luminance-chroma file: neither oiiotool 2.4 nor ffmpeg reads its subsampled channels.
    expect(stills?.problems.map(({ relative_path }) => relative_path)).toEqual(['Flowers.exr']);
    expect(stills?.problems[0]?.problem).toContain('luminance and chroma');
    const pictures = await sql<{ id: string; name: string; width: number; height: number }[]>`
    SELECT assets.id, assets.name, width, height FROM assets JOIN packages ON packages.id = package_id WHERE packages.name = 'stills'`;
    expect(pictures.length).toBe(11);
    for (const picture of pictures) {
      const response = await fetch(`${product.url}/media/assets/${picture.id}/thumbnail`);
      if (picture.name === 'Flowers.exr') {
        expect(response.status).toBe(404);
        continue;
      }
      expect([picture.name, response.status]).toEqual([picture.name, 200]);
      const { channels } = await sharp(Buffer.from(await response.arrayBuffer())).stats();
      const range = Math.max(...channels.slice(0, 3).map((channel) => channel.max - channel.min));
      expect(`${picture.name}: ${range > 40 ? 'a picture' : 'one flat colour'}`).toBe(`${picture.name}: a picture`);
    }

    expect(damaged?.assets.total).toBe(7);
    for (const { problem } of damaged?.problems ?? []) expect(problem).toMatch(/^[A-Z].{15,}\.$/);
    const [unexplained] =
      await sql`SELECT count(*)::integer AS count FROM assets WHERE thumbnail_status = 'failed' AND problem IS NULL`;
    expect(unexplained?.['count']).toBe(0);
    await sql.end();
  },
);
