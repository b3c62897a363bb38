import { expect, test } from 'vitest';
import { isNear, nearestWord } from './near-words.ts';

test('isNear: forgives one error from four letters on, and two from eight on', () => {
  expect(isNear('jnae', 'jane')).toBe(true);
  expect(isNear('jan', 'jane')).toBe(false);
  expect(isNear('jaen', 'june')).toBe(false);
  expect(isNear('nortlihgt', 'northlight')).toBe(true);
  expect(isNear('meridain', 'meridian')).toBe(true);
  expect(isNear('meirdain', 'meridian')).toBe(true);
  expect(isNear('meirdan', 'meridian')).toBe(false);
});

test('isNear: takes a word of six letters or more for the beginning of a longer one', () => {
  expect(isNear('hrabou', 'harbour')).toBe(true);
  expect(isNear('hrab', 'harbour')).toBe(false);
});

test('isNear: never takes one number for another', () => {
  expect(isNear('day02', 'day03')).toBe(false);
  expect(isNear('dya02', 'day02')).toBe(true);
  expect(isNear('sequence10', 'sequence1')).toBe(false);
});

test('nearestWord: finds the spelling with the fewest errors', () => {
  expect(nearestWord('kestral', ['castle', 'kestrel', 'kerstel'])).toBe('kestrel');
  expect(nearestWord('day09', ['day02', 'harbour'])).toBe('day02');
  expect(nearestWord('zzzzz', ['kestrel', 'harbour'])).toBeNull();
});
