import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { findTools } from '../../media/tools/installed-tools.ts';
import { fileTypeOf, mayBeFrame } from './file-types.ts';
import { FRAME_EXTENSIONS, NO_STILLS, STILL_EXTENSIONS } from './still-extensions.ts';

const tools = await findTools(new AbortController().signal);
const known = new Set([...STILL_EXTENSIONS, ...Object.values(NO_STILLS).flat()]);

test.skipIf(tools.oiiotool === null)(
  'STILL_EXTENSIONS or NO_STILLS has every extension that oiiotool reads',
  async () => {
    const { stdout } = await promisify(execFile)('oiiotool', ['--list-formats']);
    const listed = [...stdout.matchAll(/^ {4}\w+ : (.*)$/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(listed.length).toBeGreaterThan(50);
    expect(listed.filter((extension) => !known.has(extension))).toEqual([]);
  },
);

test('STILL_EXTENSIONS or NO_STILLS has every extension that sharp reads', () => {
  const listed = Object.values(sharp.format).flatMap(({ input }) => input.fileSuffix ?? []);
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.map((suffix) => suffix.slice(1)).filter((extension) => !known.has(extension))).toEqual([]);
});

test.each([...'rla dds iff ppm pgm pfm pnm jfif j2c ico pcx psb hif rw2 orf pef srw'.split(' ')])(
  'fileTypeOf treats .%s as an image',
  (extension) => expect(fileTypeOf(`a.${extension}`)).toBe('image'),
);

test('FRAME_EXTENSIONS has only stills, and no camera raw except DNG', () => {
  expect(FRAME_EXTENSIONS.filter((extension) => fileTypeOf(`a.${extension}`) !== 'image')).toEqual([]);
  expect(['a.0001.rla', 'a.0001.ppm', 'IMG_0001.CR2'].map(mayBeFrame)).toEqual([true, true, false]);
});
