/** Checks that derivatives exist and can be shown and played. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { z } from 'zod';
import { THUMBNAIL_EDGE } from '../../media/picture/pixels.ts';
import { runTool } from '../../media/tools/run-tool.ts';
import type { SoakedAsset } from './soaked-assets.ts';

/** https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md, with 8 bits. */
const waveform = z
  .object({
    version: z.literal(2),
    bits: z.literal(8),
    channels: z.int().min(1),
    sample_rate: z.int().min(1),
    samples_per_pixel: z.int().min(1),
    length: z.int().min(0),
    data: z.array(z.int().min(-128).max(127)),
  })
  .refine(
    ({ length, channels, data }) => data.length === length * channels * 2,
    'the number of points differs from the declared length',
  );

const proxy = z.object({
  streams: z
    .array(z.object({ codec_type: z.enum(['video', 'audio']), nb_read_frames: z.coerce.number().min(1) }))
    .min(1),
  format: z.object({ duration: z.coerce.number().min(0) }),
});

/** Returns the faults of an asset's derivatives, one line each. */
export async function checkDerivatives(asset: SoakedAsset, folder: string, signal: AbortSignal): Promise<string[]> {
  const checks = [
    ['thumbnail', asset.thumbnail, asset.thumbnailKey, checkThumbnail],
    ['sprite', asset.sprite, asset.spriteKey, checkSprite],
    ['proxy', asset.proxy, asset.proxyKey, checkProxy],
    ['waveform', asset.waveform, asset.waveformKey, checkWaveform],
  ] as const;
  const wrong: string[] = [];
  for (const [kind, status, key, check] of checks) {
    if ((status === 'ready') !== (key !== null)) wrong.push(`its ${kind} is ${status}, its key ${key}`);
    if (key === null) continue;
    try {
      await check(path.join(folder, derivativePath(key)), signal);
    } catch (error) {
      wrong.push(`its ${kind} ${key}: ${(error as Error).message}`);
    }
  }
  if (asset.thumbnail === 'ready' && !asset.hasPlaceholder) wrong.push('it has a thumbnail but no placeholder');
  return wrong.map((what) => `${JSON.stringify(asset.path)}: ${what}`);
}

async function checkThumbnail(file: string): Promise<void> {
  const { info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  if (Math.max(info.width, info.height) > THUMBNAIL_EDGE) throw new Error(`${info.width} x ${info.height} pixels`);
}

async function checkSprite(file: string): Promise<void> {
  const { info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  if (info.width % 10 !== 0 || info.height % 10 !== 0) throw new Error(`${info.width} x ${info.height} pixels`);
}

/** Decodes the whole proxy. */
async function checkProxy(file: string, signal: AbortSignal): Promise<void> {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', file];
  const { stdout, stderr } = await runTool('ffprobe', args, { signal, timeoutMs: 120_000 });
  if (stderr !== '') throw new Error(stderr);
  const { streams } = proxy.parse(JSON.parse(stdout.toString()));
  if (new Set(streams.map(({ codec_type }) => codec_type)).size !== streams.length) throw new Error('two of a kind');
}

async function checkWaveform(file: string): Promise<void> {
  waveform.parse(JSON.parse(await readFile(file, 'utf8')));
}
