import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { createStore, reconcile } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { asOpened, changedFields, fieldProblems, splitTags, tagsProblem } from './entity-fields.ts';

test('splitTags: splits at commas and drops duplicates', () => {
  expect(splitTags(' hero ,night shoot,, hero')).toEqual(['hero', 'night shoot']);
  expect(splitTags('  ')).toEqual([]);
});

test('tagsProblem: names the invalid tag and the reason', () => {
  expect(tagsProblem('hero, night')).toBeNull();
  expect(tagsProblem(`hero, ${'x'.repeat(65)}`)).toBe(`“${'x'.repeat(65)}”: a tag has at most 64 characters`);
});

test('fieldProblems: maps zod’s messages to the fields of a mutation', () => {
  const args = { ids: [uuid()], set: { name: ' ', type: 'vfx', project_id: uuid(), source_path: 'media/day_01' } };
  const problems = fieldProblems(mutationArgs['packages.create'].safeParse(args));
  expect([...problems.keys()].toSorted()).toEqual(['name', 'source_path']);
  expect(problems.get('name')).toBe('a name has at least one character');
});

test('asOpened: keeps the row as opened, so that an edit does not overwrite a colleague’s change', () => {
  const [state, setState] = createStore({ rows: [{ id: '1', name: 'a', tags: ['x'] }] });
  const [row] = state.rows;
  const former = asOpened(row);
  setState('rows', reconcile([{ id: '1', name: 'a', tags: ['x', 'y'] }], { key: 'id' }));
  expect(row?.tags).toEqual(['x', 'y']);
  expect(changedFields({ id: '1', name: 'b', tags: ['x'] }, former ?? { id: '', name: '', tags: [] })).toEqual({
    name: 'b',
  });
});

test('changedFields: returns only the values that differ', () => {
  const former = { name: 'a', notes: null, tags: ['x'] };
  expect(changedFields({ name: 'a', notes: null, tags: ['x'] }, former)).toBeNull();
  expect(changedFields({ name: 'b', notes: null, tags: ['x', 'y'] }, former)).toEqual({ name: 'b', tags: ['x', 'y'] });
});
