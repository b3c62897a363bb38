import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import { createStore, reconcile } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { asOpened, changedFields, fieldProblems, splitTags, tagsProblem } from './entity-fields.ts';

test('splitTags: commas part tags, each of which is there once', () => {
  expect(splitTags(' hero ,night shoot,, hero')).toEqual(['hero', 'night shoot']);
  expect(splitTags('  ')).toEqual([]);
});

test('tagsProblem: says which tag is wrong, and why', () => {
  expect(tagsProblem('hero, night')).toBeNull();
  expect(tagsProblem(`hero, ${'x'.repeat(65)}`)).toBe(`“${'x'.repeat(65)}”: a tag has at most 64 characters`);
});

test('fieldProblems: what zod says of a mutation’s fields, by the field', () => {
  const args = { ids: [uuid()], set: { name: ' ', type: 'vfx', project_id: uuid(), source_path: 'media/day_01' } };
  const problems = fieldProblems(mutationArgs['packages.create'].safeParse(args));
  expect([...problems.keys()].toSorted()).toEqual(['name', 'source_path']);
  expect(problems.get('name')).toBe('a name has at least one character');
});

test('asOpened: stays what it was when a colleague changes the row, whose change an edit then leaves alone', () => {
  const [state, setState] = createStore({ rows: [{ id: '1', name: 'a', tags: ['x'] }] });
  const [row] = state.rows;
  const former = asOpened(row);
  setState('rows', reconcile([{ id: '1', name: 'a', tags: ['x', 'y'] }], { key: 'id' }));
  expect(row?.tags).toEqual(['x', 'y']);
  expect(changedFields({ id: '1', name: 'b', tags: ['x'] }, former ?? { id: '', name: '', tags: [] })).toEqual({
    name: 'b',
  });
});

test('changedFields: only what differs, whatever it is', () => {
  const former = { name: 'a', notes: null, tags: ['x'] };
  expect(changedFields({ name: 'a', notes: null, tags: ['x'] }, former)).toBeNull();
  expect(changedFields({ name: 'b', notes: null, tags: ['x', 'y'] }, former)).toEqual({ name: 'b', tags: ['x', 'y'] });
});
