import { expect, test } from 'vitest';
import { foldChanges, type RowChange } from './fold-changes.ts';

function change(operation: RowChange['operation'], id: string, columns: Record<string, string | null> = {}): RowChange {
  return { key: `"public"."assets"/"${id}"`, operation, value: { id, ...columns } };
}

test('foldChanges: updates of a row after its insert become part of the insert', () => {
  expect(
    foldChanges([change('insert', '1', { name: 'a', camera: null }), change('update', '1', { name: 'b' })]),
  ).toEqual({
    upserts: [{ id: '1', name: 'b', camera: null }],
    updates: [],
    deletes: [],
  });
});

test('foldChanges: a delete takes back what came before it, an insert after it stands', () => {
  const folded = foldChanges([
    change('update', '1', { name: 'b' }),
    change('delete', '1'),
    change('delete', '2'),
    change('insert', '2', { name: 'again' }),
  ]);
  expect(folded).toEqual({ upserts: [{ id: '2', name: 'again' }], updates: [], deletes: [{ id: '1' }] });
});

test('foldChanges: updates are grouped by the columns they carry, later values winning', () => {
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
