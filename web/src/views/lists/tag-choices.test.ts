import { expect, test } from 'vitest';
import { nextChoice } from './tag-choices.ts';

test('nextChoice: goes through all, none and back to some where only some rows have the tag', () => {
  expect(nextChoice(undefined, 'some')).toBe(true);
  expect(nextChoice(true, 'some')).toBe(false);
  expect(nextChoice(false, 'some')).toBeUndefined();
});

test('nextChoice: takes a tag away from all rows, and gives it back', () => {
  expect(nextChoice(undefined, 'all')).toBe(false);
  expect(nextChoice(false, 'all')).toBeUndefined();
});
