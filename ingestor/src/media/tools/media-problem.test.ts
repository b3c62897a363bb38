import { expect, test } from 'vitest';
import { MediaCrash, MediaProblem, problemOf, tidy } from './media-problem.ts';
import { ToolFailure } from './run-tool.ts';

test.each([
  [
    'oiiotool ERROR: read : Failed OpenEXR read: Error reading pixel data from image file "000001.exr". Scan line 32 is missing.\nFull command line was:',
    'Error reading pixel data. Scan line 32 is missing.',
  ],
  ['[mov,mp4,m4a @ 0x55d] moov atom not found\nfile:/a/b.mov: Invalid data found', 'moov atom not found.'],
  ['file:/a/b.mov: Invalid data found when processing input\n', 'Invalid data found when processing input.'],
  ['oiiotool ERROR: read : "000001.exr": bad channel "\u001e"', 'bad channel "?".'],
  ['VipsJpeg: premature end of JPEG image', 'premature end of JPEG image.'],
  ['Input buffer has corrupt header: VipsJpeg: Bogus marker length', 'Bogus marker length.'],
  ['Input buffer has corrupt header: heif: the limit of 256 .', 'heif: the limit of 256.'],
  ['Input buffer has corrupt header: ', 'the program that reads it gave no reason.'],
  ['{\n', 'the program that reads it gave no reason.'],
  ['', 'the program that reads it gave no reason.'],
])('tidy(%j) is %j', (words, sentence) => expect(tidy(words, '/a/b.mov')).toBe(sentence));

test.each([
  ['exit', 'moov atom not found', MediaProblem],
  ['signal', 'SIGSEGV', MediaCrash],
  ['timeout', '', MediaCrash],
  ['output', '', MediaProblem],
  ['exit', 'av_interleaved_write_frame(): No space left on device', ToolFailure],
] as const)('problemOf a program that ended by %s with %j', (reason, words, kind) => {
  const problem = problemOf(new ToolFailure('ffmpeg', reason, words), '/a/b.mov', 'The MOV file', 'here');
  expect(problem).toBeInstanceOf(kind);
});
