import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['plain names', 'plate_é_日本.exr', 'plate_é_日本.exr'],
  ['line breaks', 'a\nb\tc', String.raw`a\nb\tc`],
  ['codes that colour a terminal', '\u001b[31mred', String.raw`\u{1b}[31mred`],
  ['signs that reverse text', 'invoice\u202egpj.exe', String.raw`invoice\u{202e}gpj.exe`],
])('printable: %s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});
