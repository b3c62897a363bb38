import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeNoise } from '../../testing/media-files.ts';
import { DerivativeStore } from '../tools/derivative-store.ts';
import type { MediaContext, MediaSource } from '../tools/media-source.ts';
import { stillOfSequence } from './still-of-sequence.ts';

let folder: string;
let source: MediaSource;
let context: MediaContext;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-frames-'));
  const [first = '', ...rest] = [1, 2, 3, 4, 5].map((frame) => path.join(folder, `a.${frame}.png`));
  for (const [index, file] of [first, ...rest].entries()) await makeNoise(file, index, 32);
  source = { fileType: 'sequence', files: [first, ...rest], frames: [1, 2, 3, 4, 5] };
  const store = new DerivativeStore(path.join(folder, 'derivatives'), 'test');
  const tools = { ffmpeg: null, ffprobe: null, oiiotool: null } as MediaContext['tools'];
  context = { host: 'test', tools, store, signal: new AbortController().signal };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('stillOfSequence shows the middle frame', async () => {
  const { facts, thumbnailKey, problem } = await stillOfSequence(source, context);
  expect([facts.width, problem]).toEqual([32, null]);
  expect(await context.store.has(thumbnailKey ?? '')).toBe(true);
});

test.each([0, 20, 300])('stillOfSequence shows another frame when the middle one has only %i bytes', async (bytes) => {
  await truncate(source.files[2] ?? '', bytes);
  const { facts, thumbnailKey, contentHash, problem } = await stillOfSequence(source, context);
  expect(facts.width).toBe(32);
  expect(thumbnailKey).toContain(contentHash);
  expect(problem).toMatch(/^The PNG file /);
});

test('stillOfSequence has no thumbnail when all frames are damaged', async () => {
  for (const file of source.files) await truncate(file, 300);
  const { facts, thumbnailKey, problem } = await stillOfSequence(source, context);
  expect([facts.width, thumbnailKey]).toEqual([32, null]);
  expect(problem).toMatch(/^The PNG file is damaged/);
});
