import { expect, test } from 'vitest';
import { ListedIds } from '../../../replica/model/listed-ids.ts';
import { countSelected } from './count-selected.ts';

const order = new ListedIds(Array.from({ length: 25_000 }, (_, index) => `id-${index}`));
const range = (start: number, end: number) => new Set(order.slice(start, end));

function count(section: { start: number; count: number }, ids: ReadonlySet<string>): number {
  const steps = countSelected(order, section, ids);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

test('countSelected: counts the selected assets of a section only', () => {
  expect(count({ start: 100, count: 50 }, range(90, 120))).toBe(20);
  expect(count({ start: 0, count: 24_000 }, range(10, 15))).toBe(5);
  expect(count({ start: 0, count: 24_000 }, range(23_990, 25_000))).toBe(10);
  expect(count({ start: 24_000, count: 1000 }, range(0, 25_000))).toBe(1000);
  expect(count({ start: 24_000, count: 1000 }, new Set())).toBe(0);
});
