import { expect, test } from 'vitest';
import { assetsOf } from './assets-of.ts';
import type { ScannedFile } from './file-identity.ts';

function file(relativePath: string, facts: Partial<ScannedFile> = {}): ScannedFile {
  return {
    relativePath,
    size: 10,
    modifiedAt: new Date(1000),
    device: 1n,
    inode: 7n,
    modifiedNs: 5n,
    changedNs: 6n,
    bornNs: null,
    ...facts,
  };
}

test('assetsOf makes an asset of each file and each sequence, in path order', () => {
  const assets = assetsOf({
    files: [
      file('d/z.wav'),
      file('d/sh.0001.exr', { inode: 21n }),
      file('d/sh.0002.exr', { modifiedAt: new Date(3000) }),
      file('d/sh.0004.exr'),
      file('d/notes.txt'),
      file('d/a.mov'),
    ],
  });
  expect(assets.map(({ relativePath, fileType }) => [relativePath, fileType])).toEqual([
    ['d/a.mov', 'video'],
    ['d/notes.txt', 'other'],
    ['d/sh.####.exr', 'sequence'],
    ['d/z.wav', 'audio'],
  ]);
  expect(assets[2]).toMatchObject({
    size: 30,
    modifiedAt: new Date(3000),
    inode: 21n,
    sequence: { first: 1, last: 4, count: 3, padding: 4, missing: '3', duplicates: null },
  });
  expect(assets[0]).toEqual({ ...file('d/a.mov'), fileType: 'video', sequence: null, frames: null, sidecarOf: null });
});

test('assetsOf makes one asset of the parts of a clip, and tells its sidecars', () => {
  const files = ['A1_C1_001.R3D', 'A1_C1_003.R3D', 'A1_C1.RMD'].map((name) => file(`A1_C1.RDC/${name}`));
  const [sidecar, clip] = assetsOf({ files });
  expect(sidecar).toMatchObject({ relativePath: 'A1_C1.RDC/A1_C1.RMD', sidecarOf: 'A1_C1' });
  expect(clip).toMatchObject({ relativePath: 'A1_C1.RDC/A1_C1_###.R3D', fileType: 'video', size: 20, sidecarOf: null });
  expect(clip?.sequence).toEqual({ first: 1, last: 3, count: 2, padding: 3, missing: '2', duplicates: null });
  expect(clip?.frames).toHaveLength(2);
});

test('assetsOf changes the identity of a sequence when any of its frames changes', () => {
  const identity = (times: readonly bigint[]) =>
    assetsOf({ files: times.map((modifiedNs, index) => file(`a.${index}.exr`, { modifiedNs })) })[0]?.modifiedNs;
  const time = 1_700_000_000_000_000_000n;
  const before = identity([time, time, time]);
  expect(identity([time, time, time])).toBe(before);
  for (const times of [
    [time, time - 1n, time],
    [time, time, time + 1n],
    [time, time - 5n, time + 5n],
  ]) {
    expect(identity(times)).not.toBe(before);
  }
});
