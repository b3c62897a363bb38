import { expect, test } from 'vitest';
import { matchParts } from './match-parts.ts';

/** Writes the parts with brackets around matches. */
const marked = (...asked: Parameters<typeof matchParts>) =>
  matchParts(...asked)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('');

test('matchParts: marks words where they begin a word, else anywhere', () => {
  expect(marked('HARBOUR_DAY02', 'day02')).toBe('HARBOUR_[DAY02]');
  expect(marked('retake_take', 'take')).toBe('retake_[take]');
  expect(marked('templates', 'plate')).toBe('tem[plate]s');
  expect(marked('A001 / JANE_DOE', 'doe jane')).toBe('A001 / [JANE]_[DOE]');
});

test('matchParts: marks the characters as they are written', () => {
  expect(marked('Zoë_Müller', 'muller zoe')).toBe('[Zoë]_[Müller]');
  expect(marked('zoe\u0301_x', 'ZOE')).toBe('[zoe\u0301]_x');
  expect(marked('한국_x', '한')).toBe('[한]국_x');
});

test('matchParts: marks a word with a typing error only when asked', () => {
  expect(marked('JANE_DOE', 'jnae', true)).toBe('[JANE]_DOE');
  expect(marked('JANE_DOE', 'jnae')).toBe('JANE_DOE');
});

test('matchParts: returns the whole text when nothing matches, and nothing for no text', () => {
  expect(matchParts('plain', 'x')).toEqual([{ text: 'plain', isMatch: false }]);
  expect(matchParts('', 'x')).toEqual([]);
});
