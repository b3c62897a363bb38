import { expect, test } from 'vitest';
import { matchNames } from './match-names.ts';

const rows = ['hero', 'take_2', 'antihero', 'Hero_B'].map((name) => ({ name, count: 1 }));
const namesOf = (text: string, allowNew = false) =>
  matchNames(rows, text, allowNew).options.map((option) => option.name);

test('matchNames: lists names that start with the text first, ignoring case', () => {
  expect(namesOf('hero')).toEqual(['hero', 'Hero_B', 'antihero']);
  expect(namesOf('')).toEqual(['hero', 'take_2', 'antihero', 'Hero_B']);
});

test('matchNames: offers to create the typed name unless it exists with the same spelling', () => {
  expect(matchNames(rows, ' HERO ', true).options[0]).toEqual({ name: 'HERO', count: null, isNew: true });
  expect(namesOf('hero', true)).toEqual(['hero', 'Hero_B', 'antihero']);
  expect(namesOf('  ', true)).toEqual(namesOf(''));
});

test('matchNames: returns the first hundred of many matches and counts the rest', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `take_${index}`, count: 1 }));
  const { options, more } = matchNames(many, 'take', false);
  expect([options.length, more]).toEqual([100, 9900]);
});
