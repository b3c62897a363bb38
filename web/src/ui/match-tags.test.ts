import { expect, test } from 'vitest';
import { matchTags } from './match-tags.ts';

const rows = ['hero', 'take_2', 'antihero', 'Hero_B'].map((tag) => ({ tag, asset_count: 1 }));
const tagsOf = (text: string, allowNew = false) => matchTags(rows, text, allowNew).options.map((option) => option.tag);

test('matchTags: beginnings come before the rest, in any case', () => {
  expect(tagsOf('hero')).toEqual(['hero', 'Hero_B', 'antihero']);
  expect(tagsOf('')).toEqual(['hero', 'take_2', 'antihero', 'Hero_B']);
});

test('matchTags: what is typed can be made, unless it is there to the letter', () => {
  expect(matchTags(rows, ' HERO ', true).options[0]).toEqual({ tag: 'HERO', assetCount: 0, isNew: true });
  expect(tagsOf('hero', true)).toEqual(['hero', 'Hero_B', 'antihero']);
  expect(tagsOf('  ', true)).toEqual(tagsOf(''));
});

test('matchTags: of very many it shows a hundred and tells of the rest', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ tag: `take_${index}`, asset_count: 1 }));
  const { options, more } = matchTags(many, 'take', false);
  expect([options.length, more]).toEqual([100, 9900]);
});
