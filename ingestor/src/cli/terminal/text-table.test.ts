import { expect, test } from 'vitest';
import { bytesText, durationText, plural, table } from './text-table.ts';

test('table keeps each row on one line when a file name has a line break', () => {
  expect(table(['path', 'type'], [['a\nb', 'video']])).toEqual(['path  type', String.raw`a\nb  video`]);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [5 * 1024 ** 3, '5.0 GiB'],
  [250 * 1024 ** 4, '250 TiB'],
])('bytesText(%i) is %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));

test.each([
  [0.4, '0 s'],
  [59.6, '1 min'],
  [3900, '1 h 5 min'],
])('durationText(%d) is %s', (seconds, text) => expect(durationText(seconds)).toBe(text));

test('plural', () => expect([plural(1, 'file'), plural(0, 'file')]).toEqual(['1 file', '0 files']));
