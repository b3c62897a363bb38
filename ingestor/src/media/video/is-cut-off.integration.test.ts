import { appendFile, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { isCutOff } from './is-cut-off.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-cut-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['index first', '-movflags +faststart'],
  ['index last', ''],
  ['fragments', '-movflags +frag_keyframe+empty_moov -g 5'],
])('a video (%s) is whole, also with trailing bytes, and truncated without its end', async (name, flags) => {
  const file = path.join(folder, `${name.replace(' ', '-')}.mp4`);
  await makeWithFfmpeg(file, `-f lavfi -i testsrc2=s=320x240:d=1 -c:v libx264 -pix_fmt yuv420p ${flags}`.trim());
  expect(await isCutOff(file)).toBe(false);
  const { size } = await stat(file);
  await appendFile(file, Buffer.alloc(100));
  expect(await isCutOff(file)).toBe(false);
  // Files with their index at the end cannot be read at all without it.
  await truncate(file, Math.floor(size / 2));
  expect(await isCutOff(file)).toBe(true);
});

test('a file without boxes is not truncated', async () => {
  const file = path.join(folder, 'a.mp4');
  for (const text of ['', 'text', '\0\0\0\0mdat and on', 'RIFF and so on']) {
    await writeFile(file, text);
    expect(await isCutOff(file)).toBe(false);
  }
});
