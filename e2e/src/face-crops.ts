/** Generates a delivery of face crops within a second: plain pictures with realistic names. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** @returns the package's folder. */
export async function makeFaceCrops(root: string, count: number, name = 'delivery'): Promise<string> {
  const folder = path.join(root, name);
  await mkdir(path.join(folder, 'aligned'), { recursive: true });
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (let start = 0; start < count; start += 50) {
    await Promise.all(numbers.slice(start, start + 50).map((number) => makeCrop(folder, number, count)));
  }
  return folder;
}

async function makeCrop(folder: string, number: number, count: number): Promise<void> {
  const hue = Math.round((360 * number) / count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 40% 35%)"/>
    <ellipse cx="48" cy="50" rx="26" ry="34" fill="hsl(${hue} 35% 70%)"/></svg>`;
  await sharp(Buffer.from(svg))
    .png()
    .toFile(path.join(folder, 'aligned', `${String(number).padStart(5, '0')}_0.png`));
}
