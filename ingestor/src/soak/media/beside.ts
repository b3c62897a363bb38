/** Pairs each of the ingestor's derivatives with a second program's decode, for contact sheets. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { z } from 'zod';
import type { SheetPicture } from './contact-sheets.ts';
import { secondDecode } from './second-reader.ts';
import { filesOf, type SoakedAsset } from './soaked-assets.ts';

export interface BesideOptions {
  readonly delivery: string;
  readonly derivatives: string;
  readonly signal: AbortSignal;
}

const run = promisify(execFile);
const OPTIONS = { timeout: 120_000, maxBuffer: 256 * 1024 * 1024, encoding: 'buffer' } as const;
/** Background of transparent pictures, as in thumbnails. */
const NEUTRAL = '#777777';
/** Share of a video's length at which its thumbnail is taken. */
const THUMBNAIL_POSITION = 0.1;
/** Pixels of a drawn waveform. */
const WAVE = { width: 380, height: 110 };
/** Aspect ratios that differ by less are equal after rounding. */
const SHAPE_TOLERANCE = 0.03;

/**
 * Pairs all pictures except damaged files, which cannot be compared, and files with odd names, whose pictures appear
 * elsewhere.
 */
export async function picturesBeside(
  assets: readonly SoakedAsset[],
  options: BesideOptions,
): Promise<{ pictures: SheetPicture[]; sounds: SheetPicture[] }> {
  const compared = assets.filter(
    ({ path: of, fileType }) => fileType !== 'other' && !/^(?:mutated|odd-names)\//.test(of),
  );
  const pairs = new Map<SoakedAsset, SheetPicture[]>();
  const waiting = compared.values();
  const worker = async () => {
    for (const asset of waiting) {
      options.signal.throwIfAborted();
      pairs.set(asset, await pairsOf(asset, options));
    }
  };
  await Promise.all([worker(), worker()]);
  const ordered = (isSound: boolean) =>
    compared.filter(({ fileType }) => (fileType === 'audio') === isSound).flatMap((asset) => pairs.get(asset) ?? []);
  return { pictures: ordered(false), sounds: ordered(true) };
}

async function pairsOf(asset: SoakedAsset, options: BesideOptions): Promise<SheetPicture[]> {
  switch (asset.fileType) {
    case 'audio':
      return [await soundBeside(asset, options)];
    case 'video':
      return videoBeside(asset, options);
    default:
      return stillBeside(asset, options);
  }
}

async function stillBeside(asset: SoakedAsset, { delivery, derivatives }: BesideOptions): Promise<SheetPicture[]> {
  const files = filesOf(asset);
  const middle = Math.floor((files.length - 1) / 2);
  const second = await secondDecode(path.join(delivery, files[middle] ?? asset.path), asset.reader);
  const [reader, png] = typeof second === 'string' ? [second, null] : [second.reader, second.png];
  const thumbnail = stored(asset.thumbnailKey, derivatives);
  const pairs = [await pair(asset, 'thumbnail', thumbnail, { reader, png })];
  const proxy = stored(asset.proxyKey, derivatives);
  if (asset.fileType === 'sequence' && proxy !== null) {
    const slots = (asset.lastFrame ?? 0) - (asset.firstFrame ?? 0) + 1;
    const frame = Number(/(\d+)\.\w+$/.exec(files[middle] ?? '')?.[1] ?? 0) - (asset.firstFrame ?? 0);
    const shown = await frameAt(proxy, ((frame + 0.5) / slots) * ((await lengthOf(proxy)) ?? 0));
    pairs.push(await pair(asset, "proxy's middle", shown, { reader, png }));
  }
  return pairs;
}

/** Only ffmpeg decodes videos here, so the second decode is ffmpeg's own, without any of the ingestor's filters. */
async function videoBeside(asset: SoakedAsset, { delivery, derivatives }: BesideOptions): Promise<SheetPicture[]> {
  const file = path.join(delivery, asset.path);
  const seconds = asset.seconds ?? 0;
  const plain = async (share: number) => ({ reader: 'ffmpeg alone', png: await frameAt(file, seconds * share) });
  const pairs = [
    await pair(asset, 'thumbnail', stored(asset.thumbnailKey, derivatives), await plain(THUMBNAIL_POSITION)),
  ];
  const middle = await plain(0.5);
  const proxy = stored(asset.proxyKey, derivatives);
  if (proxy !== null) pairs.push(await pair(asset, "proxy's middle", await frameAt(proxy, seconds / 2), middle));
  const sprite = stored(asset.spriteKey, derivatives);
  if (sprite !== null) pairs.push(await pair(asset, "sprite's middle tile", await middleTile(sprite), middle));
  return pairs;
}

async function soundBeside(asset: SoakedAsset, { delivery, derivatives }: BesideOptions): Promise<SheetPicture> {
  const file = path.join(delivery, asset.path);
  const key = stored(asset.waveformKey, derivatives);
  const [ours, drawn, probed, decoded] = await Promise.all([
    key === null ? null : drawWaveform(await readFile(key, 'utf8')),
    waveOf(file),
    lengthOf(file),
    decodedLength(file),
  ]);
  const made = await pair(asset, 'waveform', ours, { reader: 'showwavespic', png: drawn });
  const seconds = (value: number | null) => (value === null ? 'unknown' : `${value.toFixed(2)} s`);
  const told = `recorded ${seconds(asset.seconds)}, ffprobe ${seconds(probed)}, decoded ${seconds(decoded)}`;
  return { ...made, words: [asset.path, told, asset.problem ?? ''] };
}

interface Second {
  readonly reader: string;
  /** Null when there is none. */
  readonly png: Buffer | null;
}

async function pair(
  asset: SoakedAsset,
  what: string,
  ours: string | Buffer | null,
  { reader, png }: Second,
): Promise<SheetPicture> {
  const compared = ours === null || png === null ? null : await difference(ours, png);
  return {
    file: ours,
    beside: png,
    words: [
      asset.path,
      `${what}, ${asset.width} x ${asset.height} ${asset.codec ?? ''} | ${reader}${compared === null ? '' : `: ${compared}`}`,
      asset.problem ?? '',
    ],
  };
}

/** Returns the mean absolute difference in 8-bit codes, at the size of our picture. */
async function difference(ours: string | Buffer, png: Buffer): Promise<string> {
  try {
    const { data, info } = await rgb(sharp(ours));
    const { width = 1, height = 1 } = await sharp(png).metadata();
    const other = await rgb(sharp(png).resize({ width: info.width, height: info.height, fit: 'fill' }));
    const total = data.reduce((sum, value, index) => sum + Math.abs(value - (other.data[index] ?? 0)), 0);
    const shapes = (width / height) * (info.height / info.width);
    const odd = Math.abs(Math.log(shapes)) > SHAPE_TOLERANCE ? ` OTHER SHAPE ${width} x ${height}` : '';
    return `differs by ${(total / data.length).toFixed(1)}${odd}`;
  } catch (error) {
    return `cannot be compared: ${(error as Error).message}`;
  }
}

function rgb(picture: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  return picture.flatten({ background: NEUTRAL }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
}

function stored(key: string | null, derivatives: string): string | null {
  return key === null ? null : path.join(derivatives, derivativePath(key));
}

async function frameAt(file: string, seconds: number): Promise<Buffer | null> {
  const input = ['-v', 'error', '-nostdin', '-ss', seconds.toFixed(3), '-i', file];
  const output = ['-map', '0:V:0', '-frames:v', '1', '-c:v', 'png', '-pix_fmt', 'rgb24', '-f', 'image2pipe', 'pipe:1'];
  return outputOf('ffmpeg', [...input, ...output]);
}

/** Cuts out the tile that shows the middle of the video. */
async function middleTile(sprite: string): Promise<Buffer> {
  const { width = 10, height = 10 } = await sharp(sprite).metadata();
  const [tileWidth, tileHeight] = [width / 10, height / 10];
  return sharp(sprite)
    .extract({ left: 0, top: 5 * tileHeight, width: tileWidth, height: tileHeight })
    .png()
    .toBuffer();
}

const waveform = z.object({ length: z.int().min(0), data: z.array(z.int().min(-128).max(127)) });

function drawWaveform(json: string): Promise<Buffer> {
  const { length, data } = waveform.parse(JSON.parse(json));
  const { width, height } = WAVE;
  const pixels = Buffer.alloc(width * height);
  const row = (value: number) => Math.min(height - 1, Math.max(0, Math.round((height / 2) * (1 - value / 128))));
  for (let x = 0; x < width && length > 0; x += 1) {
    const from = Math.floor((x * length) / width);
    const to = Math.max(from + 1, Math.floor(((x + 1) * length) / width));
    const points = data.slice(from * 2, to * 2);
    for (let y = row(Math.max(...points)); y <= row(Math.min(...points)); y += 1) pixels[y * width + x] = 255;
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

async function waveOf(file: string): Promise<Buffer | null> {
  const graph = `[0:a:0]aformat=channel_layouts=mono,showwavespic=s=${WAVE.width}x${WAVE.height}:colors=white:filter=peak`;
  const input = ['-v', 'error', '-nostdin', '-i', file, '-filter_complex', graph];
  return outputOf('ffmpeg', [...input, '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1']);
}

async function lengthOf(file: string): Promise<number | null> {
  const text = await outputOf('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file]);
  const seconds = Number.parseFloat(text?.toString() ?? '');
  return Number.isFinite(seconds) ? seconds : null;
}

async function decodedLength(file: string): Promise<number | null> {
  const input = ['-v', 'error', '-nostdin', '-i', file, '-map', '0:a:0'];
  const text = await outputOf('ffmpeg', [...input, '-progress', 'pipe:1', '-f', 'null', '/dev/null']);
  const microseconds = [...(text?.toString() ?? '').matchAll(/out_time_us=(\d+)/g)].at(-1)?.[1];
  return microseconds === undefined ? null : Number(microseconds) / 1e6;
}

/** @returns null when the program failed or is not installed. */
async function outputOf(command: string, args: readonly string[]): Promise<Buffer | null> {
  try {
    const { stdout } = await run(command, [...args], OPTIONS);
    return stdout.length === 0 ? null : stdout;
  } catch {
    return null;
  }
}
