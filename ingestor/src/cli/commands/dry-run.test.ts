import { expect, test } from 'vitest';
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { compareWithKnown, derivativesFor } from './dry-run.ts';

const asset = (relativePath: string, size: number) =>
  ({ relativePath, size, modifiedNs: 5n, fileType: 'image', sequence: null }) as ScannedAsset;
const row = (relative_path: string, size_bytes: number, is_missing = false) => ({
  relative_path,
  size_bytes,
  modified_ns: 5n,
  is_missing,
});

test('compareWithKnown separates new, changed, unchanged and missing files', () => {
  const known = {
    id: 'x',
    name: 'day',
    isDeleted: false,
    files: [row('same', 1), row('changed', 1), row('gone', 1), row('long gone', 1, true)],
  };
  expect(compareWithKnown([asset('same', 1), asset('changed', 2), asset('new', 3)], known)).toEqual({
    new: ['new'],
    changed: ['changed'],
    unchanged: 1,
    missing: ['gone'],
  });
});

test('compareWithKnown treats every file as new when the folder is unknown', () => {
  expect(compareWithKnown([asset('a', 1)], null)).toMatchObject({ new: ['a'], unchanged: 0 });
});

test('derivativesFor counts the derivatives a file may need, and thumbnails only when proxies are skipped', () => {
  const types = ['image', 'video', 'audio', 'other'] as const;
  expect(derivativesFor(types, {})).toEqual({ thumbnails: 2, proxies: 2, sprites: 1, waveforms: 1 });
  expect(derivativesFor(types, { 'skip-proxies': true })).toEqual({
    thumbnails: 2,
    proxies: 0,
    sprites: 0,
    waveforms: 0,
  });
});
