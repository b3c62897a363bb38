import { expect, test } from 'vitest';
import { mostReadable } from './most-readable.ts';
import { isOneLetterOff } from './one-letter-off.ts';
import { soundKey } from './sound-key.ts';

test.each([
  [['JANE_DOE', 'Jane Doe', 'jane doe'], 'Jane Doe'],
  [['MUELLER', 'Müller'], 'Müller'],
  [['Артем', 'Артём'], 'Артём'],
  [['JaneDoe', 'Jane Doe'], 'Jane Doe'],
  [['AYDIN', 'Aydin', 'Aydın'], 'Aydın'],
  [['BOB'], 'BOB'],
])('mostReadable(%j) is %s', (names, expected) => {
  expect(mostReadable(names.map((name) => [name, 1] as const))).toBe(expected);
});

test('mostReadable prefers the most frequent of equally readable names', () => {
  expect(
    mostReadable([
      ['Ana', 1],
      ['Eva', 3],
    ]),
  ).toBe('Eva');
});

test.each([
  ['ashgrove', 'ashgorve', true],
  ['cordelia', 'cordellia', true],
  ['doe', 'deo', true],
  ['anna', 'anne', false],
  ['doe', 'roe', false],
  ['jane', 'jane', false],
])('isOneLetterOff(%s, %s) is %s', (a, b, expected) => expect(isOneLetterOff(a, b)).toBe(expected));

test.each([
  ['gwendolyn', 'gwendoline', true],
  ['mateusz', 'mateus', true],
  ['catherine', 'katherine', true],
  ['philip', 'phillip', true],
  ['sara', 'sarah', true],
  ['daniel', 'daniela', false],
  ['ann', 'anna', false],
  ['maria', 'mario', false],
])('soundKey(%s) is that of %s: %s', (a, b, expected) => expect(soundKey(a) === soundKey(b)).toBe(expected));
