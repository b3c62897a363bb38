import { expect, test } from 'vitest';
import { GridLayout, HEADER, PADDING } from './grid-layout.ts';
import { marqueeHits } from './marquee-hits.ts';

/** Two sections of 8 and 4 assets in rows of 3; tiles of 100 by 94 pixels with gaps of 6. */
const layout = new GridLayout({
  sections: [
    { value: 'a', start: 0, count: 8, totals: null },
    { value: 'b', start: 8, count: 4, totals: null },
  ],
  columns: 3,
  grouped: true,
  rowHeightOf: () => 100,
  isOpen: () => true,
});
const hits = (left: number, top: number, right: number, bottom: number) =>
  marqueeHits(layout, { left, top, right, bottom }, { width: 100, gap: 6 });

test('marqueeHits: takes the tiles that the box touches, row by row', () => {
  expect(hits(PADDING + 50, HEADER + 10, PADDING + 120, HEADER + 120)).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 5 },
  ]);
});

test('marqueeHits: joins whole rows, and goes over sections', () => {
  expect(hits(0, 0, 500, 5000)).toEqual([{ start: 0, end: 12 }]);
  expect(hits(PADDING + 250, 0, 500, 5000)).toEqual([
    { start: 2, end: 3 },
    { start: 5, end: 6 },
    { start: 10, end: 11 },
  ]);
});

test('marqueeHits: a box between two tiles touches neither', () => {
  expect(hits(PADDING + 101, HEADER, PADDING + 104, 5000)).toEqual([]);
  expect(hits(0, HEADER + 95, 500, HEADER + 98)).toEqual([]);
});
