import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { ffprobe } from '../video/ffprobe.ts';
import { problemOf } from './media-problem.ts';

const signal = new AbortController().signal;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-lists-'));
  await makeWithFfmpeg(path.join(folder, 'others.ts'), '-f lavfi -i testsrc=s=64x48:d=1 -c:v mpeg2video');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['hls.mov', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nothers.ts\n#EXT-X-ENDLIST\n'],
  ['concat.mp4', 'ffconcat version 1.0\nfile others.ts\n'],
])('a playlist of other files, called %s, shows none of them', async (name, text) => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  const problem = problemOf(await ffprobe(file, signal).catch((error) => error), file, 'The file', 'here');
  expect((problem as Error).message).toBe('The file is a list of other files, or of an unsupported kind.');
});

test.each([
  ['a.mxf', '-c:v mpeg2video'],
  ['a.ogv', '-c:v libtheora'],
  ['a.mov', '-c:v mjpeg -f mjpeg -pix_fmt yuvj420p'],
  ['picture.mov', '-c:v mjpeg -frames:v 1 -f image2 -update 1 -pix_fmt yuvj420p'],
])('%s (%s) is not treated as a playlist', async (name, args) => {
  const file = path.join(folder, name);
  await makeWithFfmpeg(file, `-f lavfi -i testsrc=s=64x48:d=1 ${args}`);
  expect((await ffprobe(file, signal)).facts.width).toBe(64);
});
