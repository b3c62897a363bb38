import { expect, test } from 'vitest';
import { preferredEncoding } from './content-encoding.ts';

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['GZIP', 'gzip'],
  ['zstd;q=0.5, gzip;q=0.8', 'gzip'],
  ['zstd;q=0, *', 'gzip'],
  ['*', 'zstd'],
  ['*;q=0', null],
  ['zstd;q=0.5, identity', null],
  ['br, deflate', null],
  ['', null],
  [null, null],
])('preferredEncoding: "%s" gives %s', (acceptEncoding, encoding) => {
  expect(preferredEncoding(acceptEncoding)).toBe(encoding);
});
