import { expect, test } from 'vitest';
import { countTags, tagCalls } from './tag-calls.ts';

const rows = [
  { id: '1', tags: ['night'] },
  { id: '2', tags: [] },
  { id: '3', tags: ['night'] },
  { id: '4', tags: ['hero', 'night'] },
];

test('tagCalls: adds a tag with one mutation for all rows with the same tags, and none for rows that have it', () => {
  expect(tagCalls('packages', rows, ['hero'], [])).toEqual([
    { name: 'packages.edit', args: { ids: ['1', '3'], set: { tags: ['night', 'hero'] }, expect: { tags: ['night'] } } },
    { name: 'packages.edit', args: { ids: ['2'], set: { tags: ['hero'] }, expect: { tags: [] } } },
  ]);
});

test('tagCalls: removes a tag only where it is', () => {
  expect(tagCalls('projects', rows, [], ['hero'])).toEqual([
    { name: 'projects.edit', args: { ids: ['4'], set: { tags: ['night'] }, expect: { tags: ['hero', 'night'] } } },
  ]);
});

test('countTags: counts the rows of each tag, the most used first', () => {
  expect(countTags(rows)).toEqual([
    { name: 'night', count: 3 },
    { name: 'hero', count: 1 },
  ]);
});
