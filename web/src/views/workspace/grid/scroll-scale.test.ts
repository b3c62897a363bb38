import { expect, test } from 'vitest';
import { scrollScale } from './scroll-scale.ts';

test('scrollScale: leaves lists alone that browsers can draw', () => {
  const scale = scrollScale(5_000_000, 800);
  expect(scale.scaled).toBe(false);
  expect([scale.height, scale.positionOf(4321), scale.scrollTopOf(4321)]).toEqual([5_000_000, 4321, 4321]);
});

test('scrollScale: reaches both ends of a list of a million assets, one to one there', () => {
  const height = 36_000_000;
  const scale = scrollScale(height, 800);
  expect(scale.positionOf(0)).toBe(0);
  expect(scale.positionOf(1000)).toBe(1000);
  expect(scale.positionOf(scale.height - 800)).toBe(height - 800);
  expect(scale.positionOf(scale.height - 800 - 1000)).toBe(height - 800 - 1000);
});

test('scrollScale: finds the scroll position of every position, and rises', () => {
  const scale = scrollScale(36_000_000, 800);
  let before = -1;
  for (let position = 0; position <= 35_999_200; position += 99_997) {
    const scrollTop = scale.scrollTopOf(position);
    expect(scrollTop).toBeGreaterThan(before);
    expect(scale.positionOf(scrollTop)).toBeCloseTo(position, 3);
    before = scrollTop;
  }
});
