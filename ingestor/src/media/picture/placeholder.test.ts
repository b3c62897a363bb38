import sharp from 'sharp';
import { thumbHashToRGBA } from 'thumbhash';
import { expect, test } from 'vitest';
import { decodeSmall } from './pixels.ts';
import { placeholderOf, placeholderOfPixels } from './placeholder.ts';

/** A gradient from red to blue, left to right, that darkens towards the bottom. */
function gradient(width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="a"><stop stop-color="#d02010"/><stop offset="1" stop-color="#1020d0"/></linearGradient>
    <linearGradient id="b" x2="0" y2="1"><stop stop-opacity="0"/><stop offset="1" stop-opacity=".7"/></linearGradient>
  </defs><rect width="100%" height="100%" fill="url(#a)"/><rect width="100%" height="100%" fill="url(#b)"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

test.each([
  [480, 320],
  [300, 480],
  [33, 31],
  [40, 480],
  [1, 1],
])('placeholderOfPixels of %i x %i matches placeholderOf the whole picture', async (width, height) => {
  const picture = await gradient(width, height);
  const [quick, slow] = [placeholderOfPixels(await decodeSmall(picture)), await placeholderOf(picture)];
  const [seen, expected] = [thumbHashToRGBA(quick), thumbHashToRGBA(slow)];
  expect([seen.w, seen.h]).toEqual([expected.w, expected.h]);
  const differences = seen.rgba.map((value, index) => Math.abs(value - (expected.rgba[index] ?? 0)));
  expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(4);
});

test('placeholderOfPixels of a grey picture is grey', async () => {
  const grey = sharp({ create: { width: 40, height: 40, channels: 3, background: '#999' } }).greyscale();
  const { rgba } = thumbHashToRGBA(placeholderOfPixels(await decodeSmall(await grey.png().toBuffer())));
  expect(Math.max(...[0, 1, 2].map((channel) => Math.abs((rgba[channel] ?? 0) - 0x99)))).toBeLessThan(6);
});
