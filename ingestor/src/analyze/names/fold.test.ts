import { expect, test } from 'vitest';
import { fold, spellings } from './fold.ts';

test.each([
  ['LEFÈVRE', 'lefevre'],
  ['Grüße', 'grusse'],
  ['Søren', 'soren'],
  ['O’Connor', 'oconnor'],
  ['Ａ', 'a'],
  ['Артём', 'артем'],
  ['ガ', 'ガ'],
])('fold(%s) is %s', (text, expected) => expect(fold(text)).toBe(expected));

test.each([
  ['Jane', ['jane']],
  ['Müller', ['muller', 'mueller']],
  ['Kjær', ['kjaer']],
  ['Мария', ['мария', 'mariya']],
  ['Νίκος', ['νικος', 'nikos']],
  ['たなか', ['たなか', 'tanaka']],
  ['シュン', ['シュン', 'shun']],
])('spellings(%s) are %j', (text, expected) => expect(spellings(text)).toEqual(expected));
