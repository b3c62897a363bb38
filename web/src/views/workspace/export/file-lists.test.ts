import { expect, test } from 'vitest';
import { commonFolder, diskBytes, fitsOnLine, rsyncLine } from './file-lists.ts';

test('commonFolder: finds the deepest folder of all, by whole names', () => {
  expect(commonFolder(['/mnt/nas/a', '/mnt/nas/b/c'])).toBe('/mnt/nas');
  expect(commonFolder(['/mnt/nas/a', '/mnt/nas/a/b'])).toBe('/mnt/nas/a');
  expect(commonFolder(['/mnt/nas1', '/mnt/nas2'])).toBe('/mnt');
  expect(commonFolder(['/a', '/b'])).toBe('/');
  expect(commonFolder([])).toBe('/');
});

test('rsyncLine: is relative, and no comment', () => {
  expect(rsyncLine('/mnt/a/b.mov', '/mnt')).toBe('a/b.mov');
  expect(rsyncLine('/mnt/#1.mov', '/mnt')).toBe('./#1.mov');
  expect(rsyncLine('/;x', '/')).toBe('./;x');
});

test('fitsOnLine: refuses a path with a line break', () => {
  expect(fitsOnLine('/a\nb')).toBe(false);
  expect(fitsOnLine('/a b')).toBe(true);
});

test('diskBytes: writes the bytes of a name that is not text', () => {
  expect([...diskBytes('é\uefe9a')]).toEqual([0xc3, 0xa9, 0xe9, 0x61]);
});
