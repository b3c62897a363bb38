import { expect, test } from 'vitest';
import { fitInside, layOutSheet, MARGIN, pageSizes, type SheetOptions } from './sheet-layout.ts';

const options: SheetOptions = { page: 'a4', landscape: false, columns: 4, captionLines: 2, header: true };
const everyLayout = [false, true].flatMap((landscape) =>
  (Object.keys(pageSizes) as (keyof typeof pageSizes)[]).flatMap((page) =>
    [1, 2, 4, 8, 12].flatMap((columns) =>
      [0, 1, 4].map((captionLines): SheetOptions => ({ page, landscape, columns, captionLines, header: true })),
    ),
  ),
);

test.each(everyLayout)('layOutSheet: keeps every place on the page for %o', (asked) => {
  const { width, height, cells } = layOutSheet(asked);
  expect(cells.length).toBeGreaterThanOrEqual(asked.columns);
  for (const { picture, baselines } of cells) {
    expect(picture.width).toBeGreaterThan(0);
    expect(picture.height).toBeGreaterThan(0);
    expect(picture.x + picture.width).toBeLessThanOrEqual(width - MARGIN + 0.01);
    expect(Math.max(picture.y + picture.height, ...baselines)).toBeLessThanOrEqual(height - MARGIN + 0.01);
  }
});

test('layOutSheet: places do not overlap, and captions are below their picture', () => {
  const { cells } = layOutSheet(options);
  const [first, second] = cells;
  const below = cells[options.columns];
  expect(first && second && first.picture.x + first.picture.width).toBeLessThan(second?.picture.x ?? 0);
  expect(first?.baselines[0]).toBeGreaterThan((first?.picture.y ?? 0) + (first?.picture.height ?? 0));
  expect(first?.baselines.at(-1)).toBeLessThan(below?.picture.y ?? 0);
});

test('layOutSheet: turns the page, and leaves room for a header only when there is one', () => {
  expect(layOutSheet({ ...options, landscape: true })).toMatchObject({ width: 841.89, height: 595.28 });
  expect(layOutSheet({ ...options, header: false }).headerBaseline).toBeNull();
  expect(layOutSheet({ ...options, header: false }).cells[0]?.picture.y).toBe(MARGIN);
});

test('fitInside: keeps the shape of a picture', () => {
  const box = { x: 10, y: 20, width: 100, height: 50 };
  expect(fitInside({ width: 200, height: 400 }, box)).toEqual({ x: 47.5, y: 20, width: 25, height: 50 });
});
