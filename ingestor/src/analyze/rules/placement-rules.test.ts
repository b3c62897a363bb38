import { describe, expect, test } from 'vitest';
import { applyEntries, compact, type PlacedFile } from './placement-rules.ts';

function placed(relativePath: string, subject: string, assetType: PlacedFile['assetType'] = 'raw'): PlacedFile {
  return { relativePath, subject, camera: 'cam_a', assetType };
}

/** Returns a seeded generator: the same seed gives the same files. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomFiles(seed: number): PlacedFile[] {
  const random = randomNumbers(seed);
  // Names that are prefixes of each other, and one that a folder and a file share.
  const names = ['a', 'ab', 'a b', 'A', 'ä\n', 'c.mov'];
  const paths = new Set<string>();
  for (let index = random(40); index >= 0; index--) {
    const folders = Array.from({ length: random(4) }, () => names[random(names.length)]);
    paths.add([...folders, `${names[random(names.length)]}${random(3)}.mov`].join('/'));
  }
  return [...paths].map((path) =>
    placed(path, ['JANE', 'JOHN', 'shared'][random(3)] ?? '', random(4) ? 'raw' : 'proxy'),
  );
}

describe('compact', () => {
  test('compact makes one entry for a package of one person', () => {
    expect(compact([placed('a.mov', 'JANE'), placed('b/c.mov', 'JANE')])).toEqual([
      { path: '', subject: 'JANE', camera: 'cam_a', asset_type: 'raw', files: 2 },
    ]);
  });

  test('compact makes an entry for each person’s folder, and none for their parent', () => {
    const files = ['D1/JANE/a.mov', 'D1/JANE/x/b.mov', 'D1/JOHN/a.mov'].map((path) => placed(path, path.slice(3, 7)));
    expect(compact(files).map(({ path, files: count }) => [path, count])).toEqual([
      ['D1/JANE/', 2],
      ['D1/JOHN/', 1],
    ]);
  });

  test('compact gives a mixed folder the placement of most files, and the others their own entries', () => {
    const files = [...'abcd'].map((name) => placed(`JANE/${name}.mov`, 'JANE'));
    expect(compact([...files, placed('JANE/e.wav', 'JANE', 'audio'), placed('z.mov', 'shared')])).toMatchObject([
      { path: 'JANE/', asset_type: 'raw', files: 4 },
      { path: 'JANE/e.wav', asset_type: 'audio', files: 1 },
      { path: 'z.mov', subject: 'shared', files: 1 },
    ]);
  });

  test('compact makes no entry without files', () => expect(compact([])).toEqual([]));
});

describe('applyEntries', () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed))(
    'applyEntries undoes compact for the files of seed %i',
    (seed) => {
      const files = randomFiles(seed);
      const entries = compact(files);
      expect(
        applyEntries(entries, files).map((placement, index) => ({
          relativePath: files[index]?.relativePath,
          ...placement,
        })),
      ).toEqual(files);
      expect(entries.length).toBeLessThanOrEqual(files.length);
      expect(entries.reduce((sum, { files: count }) => sum + count, 0)).toBe(files.length);
      expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
    },
  );

  test('applyEntries uses the entry with the longest path that covers a file, by whole names', () => {
    const entry = { camera: 'cam_a', asset_type: 'raw' as const, files: 1 };
    const entries = [
      { ...entry, path: 'JANE/', subject: 'JANE' },
      { ...entry, path: 'JANE/b.mov', subject: 'JOHN' },
    ];
    const files = ['JANE/a.mov', 'JANE/b.mov', 'JANE/x/b.mov', 'JANET/a.mov', 'JANE'].map((relativePath) => ({
      relativePath,
    }));
    expect(applyEntries(entries, files).map((placement) => placement?.subject ?? null)).toEqual([
      'JANE',
      'JOHN',
      'JANE',
      null,
      null,
    ]);
  });
});
