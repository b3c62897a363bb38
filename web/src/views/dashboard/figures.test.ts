import { expect, test } from 'vitest';
import { type Figure, type LibraryTotals, libraryFigures } from './figures.ts';

const totals: LibraryTotals = {
  assets: 144_019,
  bytes: 60_200_000_000_000,
  unreviewed: 61_377,
  approved: 52_904,
  pickedUp: 18_240,
  damaged: 7,
  missing: 12,
  gaps: 0,
};
const changes = { assets: 14_208, bytes: -1_840_000_000_000, approved: 0, pickedUp: null, unreviewed: -3 };
const lineOf = (figure: Figure | undefined) => figure?.line.map(({ text }) => text).join(' ');

test('libraryFigures: says each number, its change and the same in a sentence', () => {
  const figures = libraryFigures(totals, changes, 'in 7 days', false);
  expect(figures.map((figure) => [figure.label, figure.value, lineOf(figure), figure.name])).toEqual([
    ['Assets', '144,019', '+14,208 in 7 days', '144,019 assets in the library, 14,208 more in 7 days'],
    ['Size', '60.2 TB', '−1.8 TB in 7 days', '60.2 TB of media, 1.8 TB less in 7 days'],
    ['To review', '61,377', '43% of the library', '61,377 assets to review, 3 fewer in 7 days; 43% of the library'],
    ['Approved', '52,904', 'No change in 7 days', '52,904 assets approved, no change in 7 days'],
    ['Picked up', '18,240', 'Change in 7 days not known', '18,240 assets picked up'],
    ['Need attention', '19', '7 damaged · 12 not on disk', '7 damaged, 12 not on disk'],
  ]);
});

test('libraryFigures: leads to the assets behind each number', () => {
  const addresses = libraryFigures(totals, changes, 'today', false).map(({ href }) => decodeURIComponent(href));
  expect(addresses).toEqual([
    '/assets',
    '/assets?sort=size_bytes&order=descending',
    '/assets?q=status:unreviewed',
    '/assets?q=status:approved',
    '/assets?q=picked:',
    '/assets?q=problem: or missing: or gap:',
  ]);
});

test('libraryFigures: says “so far” while more is arriving, and – for what is not known', () => {
  expect(lineOf(libraryFigures(totals, changes, 'today', true)[0])).toBe('so far');
  const unknown = libraryFigures(null, null, 'today', true);
  expect(unknown.map(({ value }) => value)).toEqual(['–', '–', '–', '–', '–', '–']);
  expect(unknown[0]?.name).toBe('Assets: not known yet');
});

test('libraryFigures: never rounds the last asset to review away', () => {
  const share = (unreviewed: number) => lineOf(libraryFigures({ ...totals, unreviewed }, changes, 'today', false)[2]);
  expect([share(0), share(1), share(144_018), share(144_019)]).toEqual(
    ['0%', '1%', '99%', '100%'].map((text) => `${text} of the library`),
  );
});
