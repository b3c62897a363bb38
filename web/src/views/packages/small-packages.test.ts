import { expect, test } from 'vitest';
import { smallPackages } from './small-packages.ts';

test('smallPackages: takes the newest with few assets as far as there is room', () => {
  const packages = Array.from({ length: 30 }, (_, index) => ({ id: String(index), created_at: new Date(index) }));
  const counts = new Map(packages.map(({ id }) => [id, { asset_count: 2000 }]));
  counts.set('29', { asset_count: 2001 });
  counts.set('28', { asset_count: 0 });
  counts.delete('27');
  const chosen = smallPackages(packages, counts);
  expect(chosen.slice(0, 2)).toEqual(['26', '25']);
  expect(chosen).toHaveLength(20);
});
