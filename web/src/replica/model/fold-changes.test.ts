import { expect, test } from 'vitest';
import { foldChanges, type RowChange } from './fold-changes.ts';

function change(operation: RowChange['operation'], id: string, columns: Record<string, string | null> = {}): RowChange {
  return { key: `"public"."assets"/"${id}"`, operation, value: { id, ...columns } };
}

test('foldChanges: folds updates of a row into its insert', () => {
  expect(
    foldChanges([change('insert', '1', { name: 'a', camera: null }), change('update', '1', { name: 'b' })]),
  ).toEqual({
    upserts: [{ id: '1', name: 'b', camera: null }],
    updates: [],
    deletes: [],
  });
});

test('foldChanges: a delete cancels earlier changes; an insert after a delete remains', () => {
  const folded = foldChanges([
    change('update', '1', { name: 'b' }),
    change('delete', '1'),
    change('delete', '2'),
    change('insert', '2', { name: 'again' }),
  ]);
  expect(folded).toEqual({ upserts: [{ id: '2', name: 'again' }], updates: [], deletes: [{ id: '1' }] });
});

test('foldChanges: groups updates by their columns, with later values winning', () => {
  const folded = foldChanges([
    change('update', '1', { name: 'a' }),
    change('update', '2', { camera: 'cam_a' }),
    change('update', '3', { name: 'c' }),
    change('update', '1', { name: 'z' }),
  ]);
  expect(folded.updates).toEqual([
    [
      { id: '1', name: 'z' },
      { id: '3', name: 'c' },
    ],
    [{ id: '2', camera: 'cam_a' }],
  ]);
});
