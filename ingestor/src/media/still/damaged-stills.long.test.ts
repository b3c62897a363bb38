/** Checks that any bytes lead to facts or a reason, and never to a crash. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assetDetails } from '@ingesthub/schema/library/asset-details.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutateBytes } from '../../testing/mutate-bytes.ts';
import { dng, halfFloatTiff } from '../../testing/odd-pictures.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import { findTools } from '../tools/installed-tools.ts';
import type { MediaContext } from '../tools/media-source.ts';
import { processStill } from './still-pass.ts';

/** sharp's formats take milliseconds; the others start up to three programs each. */
const [OF_QUICK, OF_SLOW] = [20, 2];
const MEDIA = fileURLToPath(new URL('../../../../../shared/media', import.meta.url));
const signal = new AbortController().signal;

let folder: string;
let context: MediaContext;
const quick = new Map<string, Buffer>();
const slow = new Map<string, Buffer>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-damaged-'));
  const store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  context = { host: 'test', tools: await findTools(signal), store, signal };

  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const picture = sharp({ create: { width: 90, height: 60, channels: 3, background: '#000', noise } });
  const png = await picture.clone().png().toBuffer();
  const tags = { IFD0: { Make: 'Harbour' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 13/1' } };
  quick.set('a.png', png);
  quick.set('a.jpg', await picture.clone().withExif(tags).jpeg().toBuffer());
  quick.set('progressive.jpg', await picture.clone().jpeg({ progressive: true }).toBuffer());
  quick.set('a.webp', await picture.clone().webp().toBuffer());
  quick.set('a.gif', await picture.clone().gif().toBuffer());
  quick.set('a.avif', await picture.clone().avif().toBuffer());
  quick.set('a.tif', await picture.clone().withExif(tags).tiff({ compression: 'lzw', tile: true }).toBuffer());
  quick.set('half.tif', halfFloatTiff(40, 30, 0x3800));
  slow.set('raw.dng', dng(32, 24));
  await writeFile(path.join(folder, 'base.png'), png);
  for (const name of context.tools.oiiotool === null ? [] : ['a.exr', 'a.dpx', 'a.hdr', 'a.heic', 'a.jp2', 'a.tga']) {
    await promisify(execFile)('oiiotool', ['base.png', '-o', name], { cwd: folder });
    slow.set(name, await readFile(path.join(folder, name)));
  }
  for (const name of existsSync(MEDIA) ? ['stills', 'damaged'] : []) {
    for (const file of await readdir(path.join(MEDIA, name))) {
      const kind = /\.(?:exr|dpx|cin)$/.test(file) ? slow : quick;
      kind.set(file, await readFile(path.join(MEDIA, name, file)));
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function expectAnEnd(files: ReadonlyMap<string, Buffer>, each: number): Promise<void> {
  const all = [...files];
  const work = all.flatMap(([name, bytes], index) =>
    Array.from({ length: each }, (_, seed) => ({
      name,
      bytes,
      other: all[(index + seed + 1) % all.length]?.[1],
      seed,
    })),
  );
  const queue = work.values();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const { name, bytes, other, seed } of queue) {
        const file = path.join(folder, `${seed} ${name}`);
        await writeFile(file, mutateBytes(bytes, other ?? bytes, seed * 7919 + bytes.length));
        const result = await processStill({ fileType: 'image', files: [file], frames: null }, context);
        expect(result.thumbnailKey !== null || result.problem !== null, `${seed} ${name}`).toBe(true);
        expect(result.problem ?? '').not.toContain(folder);
        expect(assetDetails.parse(result.details)).toEqual(result.details);
        await rm(file);
      }
    }),
  );
}

test('processStill ends with facts or a reason for hundreds of damaged pictures', () => expectAnEnd(quick, OF_QUICK));

test('processStill ends with facts or a reason for damaged frames', () => expectAnEnd(slow, OF_SLOW));
