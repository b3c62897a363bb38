import { expect, test } from 'vitest';
import { csvCell, csvLine } from './csv.ts';

test('csvCell: quotes commas, quotes and line breaks, and nothing else', () => {
  expect(csvCell('plain name.mov')).toBe('plain name.mov');
  expect(csvCell('a,b')).toBe('"a,b"');
  expect(csvCell('say "x"')).toBe('"say ""x"""');
  expect(csvCell('two\nlines')).toBe('"two\nlines"');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('csvCell: keeps the text %j from being a formula', (text) => {
  expect(csvCell(text)).toBe(`'${text}`);
});

test('csvCell: quotes a formula with a comma after the apostrophe', () => {
  expect(csvCell('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
});

test('csvCell: leaves numbers alone and writes nothing for unknown', () => {
  expect(csvCell(-12.5)).toBe('-12.5');
  expect(csvCell(0)).toBe('0');
  expect(csvCell(null)).toBe('');
});

test('csvLine: ends with a line break', () => {
  expect(csvLine(['a', null, 3])).toBe('a,,3\r\n');
});
