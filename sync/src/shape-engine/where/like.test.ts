import { describe, expect, test } from 'vitest';
import { oneOf, randomNumbers } from '../soak/random.ts';
import { foldPattern, likeMatcher } from './like.ts';

const like = (text: string, pattern: string) => likeMatcher(foldPattern(pattern, false))(text);

/** Matches by definition, regardless of time. */
function reference(text: readonly string[], pattern: readonly string[]): boolean {
  const [step, ...rest] = pattern;
  if (step === undefined) return text.length === 0;
  if (step === '%') return text.some((_, at) => reference(text.slice(at), rest)) || reference([], rest);
  const [character, ...others] = text;
  return character !== undefined && (step === '_' || step === character) && reference(others, rest);
}

describe('likeMatcher', () => {
  test.each([
    ['', '', true],
    ['', '%', true],
    ['', '_', false],
    ['abc', 'abc', true],
    ['abc', '%b%', true],
    ['abc', '_b_', true],
    ['abc', '__', false],
    ['aab', 'a%ab', true],
    ['ab', 'ab%ab', false],
    ['a%c', 'a\\%c', true],
    ['abc', 'a\\%c', false],
    ['😀b', '_b', true],
    ['a😀', '%_', true],
    ['a😀', '%😀', true],
    ['a😀c', '%a_c%', true],
    ['a😀c', 'a__c', false],
  ])('%j LIKE %j is %j', (text, pattern, expected) => {
    expect(like(text, pattern)).toBe(expected);
  });

  test('agrees with the definition for random texts and patterns', () => {
    const random = randomNumbers(7);
    const draw = (characters: readonly string[], length: number) =>
      Array.from({ length: random(length) }, () => oneOf(random, characters));
    for (let round = 0; round < 20_000; round++) {
      const text = draw(['a', 'b', '😀'], 9);
      const pattern = draw(['a', 'b', '😀', '%', '_'], 7);
      expect([text, pattern, like(text.join(''), pattern.join(''))]).toEqual([text, pattern, reference(text, pattern)]);
    }
  });

  test('finds self-overlapping long parts, with and without wildcards', () => {
    for (const part of ['ab'.repeat(40), `${'ab'.repeat(20)}_b${'ab'.repeat(20)}`]) {
      const text = `${'ab'.repeat(39)}x${'ab'.repeat(60)}c`;
      expect(like(text, `%${part}%`)).toBe(true);
      expect(like(text, `%${part}%${part}%`)).toBe(false);
      expect(like(text, `%${part}c`)).toBe(true);
    }
  });

  test('reads each character of a long text a bounded number of times', () => {
    const text = 'a'.repeat(1_000_000);
    let looks = 0;
    const counting = {
      length: text.length,
      charCodeAt: (at: number) => ++looks && text.charCodeAt(at),
      codePointAt: (at: number) => ++looks && text.codePointAt(at),
      startsWith: (part: string, at: number) => ++looks && text.startsWith(part, at),
      indexOf: (part: string, at: number) => ++looks && text.indexOf(part, at),
    } as unknown as string;
    for (const pattern of [`%${'a'.repeat(2999)}b%`, `%${'a_'.repeat(1499)}b%`, `%${'%a'.repeat(1499)}%b%`]) {
      looks = 0;
      expect(likeMatcher({ pattern, fold: { from: '', to: '' } })(counting)).toBe(false);
      expect(looks).toBeLessThan(5 * text.length);
    }
  });
});
