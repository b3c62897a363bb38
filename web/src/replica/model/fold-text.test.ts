import { expect, test } from 'vitest';
import { foldText, searchWords } from './fold-text.ts';

test('foldText: drops case and accents, and takes separators for spaces', () => {
  expect(foldText('Zoë-Müller_A001.MOV')).toBe('zoe muller a001 mov');
  expect(foldText('佐藤\t1')).toBe('佐藤 1');
});

test('searchWords: parts words at white space alone, and keeps a star within a word', () => {
  expect(searchWords(' Jane_Doe  plate ')).toEqual(['jane doe', 'plate']);
  expect(searchWords('_7.png')).toEqual([' 7 png']);
  expect(searchWords('*pl**te* a a')).toEqual(['pl*te', 'a']);
  expect(searchWords(' * ')).toEqual([]);
});
