import { expect, test } from 'vitest';
import { type AssetFilter, emptyAssetFilter } from '../../../queries/asset-filter.ts';
import { formatFilter, parseFilter } from './filter-url.ts';

test('parseFilter: reverses formatFilter', () => {
  const filter: AssetFilter = {
    fileTypes: ['video', 'image'],
    assetTypes: ['aligned'],
    reviewStatuses: ['approved'],
    pickedUp: false,
    subjects: [null, '01900000-0000-7000-8000-000000000011'],
    cameras: ['cam a', null],
    sizeBytes: { from: 1_000_000, to: null },
    durationSeconds: { from: 0.5, to: 12.25 },
    pose: { yaw: [-90, -80], pitch: [0, 10] },
    problem: true,
    sidecars: true,
    tags: ['a, b', 'c&d=é'],
    text: '100%_\\',
    sort: 'size',
    descending: true,
  };
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(formatFilter(filter))) {
    for (const one of [value ?? []].flat()) address.append(name, one);
  }
  const read = Object.fromEntries([...address.keys()].map((name) => [name, address.getAll(name)]));
  expect(parseFilter(read)).toEqual(filter);
});

test('parseFilter: ignores unknown values, and accepts a single value for a list', () => {
  expect(
    parseFilter({
      file_type: ['video', 'hologram', 'video'],
      sort: 'colour',
      order: 'up',
      tag: '',
      size: 'big..',
      yaw: '0..10',
    }),
  ).toEqual({
    ...emptyAssetFilter,
    fileTypes: ['video'],
  });
  expect(parseFilter({ review: 'flagged' }).reviewStatuses).toEqual(['flagged']);
  expect(parseFilter({})).toEqual(emptyAssetFilter);
});

test('formatFilter: adds nothing to the address for an empty filter', () => {
  expect(
    Object.values(formatFilter(emptyAssetFilter))
      .flat()
      .filter((value) => value !== null),
  ).toEqual([]);
});
