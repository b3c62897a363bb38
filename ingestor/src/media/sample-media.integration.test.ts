/** Runs on the optional sample media beside the checkout: EXR, DPX and Cineon written by real programs. */
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanFolder } from '../scan/scan-folder.ts';
import { processStill } from './still/still-pass.ts';
import { DerivativeStore } from './tools/derivative-store.ts';
import { findTools, type InstalledTools } from './tools/installed-tools.ts';
import type { MediaSource } from './tools/media-source.ts';

const MEDIA = fileURLToPath(new URL('../../../../shared/media', import.meta.url));
const signal = new AbortController().signal;
const tools: InstalledTools = await findTools(signal);

describe.skipIf(!existsSync(MEDIA) || tools.oiiotool === null)('sample media', () => {
  let folder: string;
  let store: DerivativeStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-samples-'));
    store = new DerivativeStore(folder, 'test');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** @returns the thumbnail's path. @throws Error with the problem. */
  async function thumbnail(name: string): Promise<string> {
    const source: MediaSource = { fileType: 'image', files: [path.join(MEDIA, name)], frames: null };
    const { thumbnailKey, problem } = await processStill(source, { host: 'test', tools, store, signal });
    if (thumbnailKey === null) throw new Error(problem ?? 'no reason was given');
    return path.join(folder, derivativePath(thumbnailKey));
  }

  test('scanFolder groups the plates into two sequences, one with a gap', async () => {
    const root = await realpath(MEDIA);
    const { assets } = await scanFolder(path.join(root, 'plates/beachball'), { roots: [root] });
    expect(assets.map(({ relativePath, sequence }) => [relativePath, sequence])).toEqual([
      ['singlepart.####.exr', { first: 1, last: 8, count: 7, padding: 4, missing: '7', duplicates: null }],
      ['singlepart.####.jpg', { first: 1, last: 8, count: 8, padding: 4, missing: null, duplicates: null }],
    ]);
  });

  test('processStill shows an EXR like the JPEG beside it', async () => {
    const exr = await thumbnail('plates/beachball/singlepart.0001.exr');
    const jpeg = await thumbnail('plates/beachball/singlepart.0001.jpg');
    // Within the ball; outside the data window the JPEG is white and the EXR is empty.
    const ball = { left: 190, top: 90, width: 130, height: 130 };
    const colours = async (file: string) => {
      const { channels } = await sharp(await sharp(file).extract(ball).png().toBuffer()).stats();
      return channels.map(({ mean }) => mean);
    };
    const [seen, expected] = [await colours(exr), await colours(jpeg)];
    for (const [channel, mean] of seen.entries()) expect(mean).toBeCloseTo(expected[channel] ?? -1, -1);
  });

  test.each(['BrightRingsNanInf.exr', 'Garden.exr', 't05.exr', 'checker.cin', 'flower-rgb-contig-16.tif'])(
    'processStill shows %s, neither black nor white',
    async (name) => {
      const { channels } = await sharp(await thumbnail(`stills/${name}`)).stats();
      const brightness = Math.max(...channels.map(({ mean }) => mean));
      expect(brightness).toBeGreaterThan(30);
      expect(brightness).toBeLessThan(245);
    },
  );

  test.each([
    ['stills/Flowers.exr', 'cannot be read here: subsampled channels (luminance and chroma)'],
    [
      'damaged/asan_heap-oob_7f11ece681f1_785_a570a0a25ada4752dabb554ad6b1eb6b_exr.exr',
      'the value of channels is too short',
    ],
    [
      'damaged/asan_heap-oob_7f4f5558d00e_414_ec6445a8638a21c93ce8feb5a2e71981_exr.exr',
      'the value of channels is too short',
    ],
  ])('%s reports why it has no preview', async (name, reason) => {
    await expect(thumbnail(name)).rejects.toThrow(reason);
  });
});
