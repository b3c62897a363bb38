/** Prints how long hostile LIKE patterns take on one long value. */
import { expect, test } from 'vitest';
import { likeMatcher } from './like.ts';

const TEXT = 'a'.repeat(1_000_000);

test.each([
  ['letters that nearly match', `%${'a'.repeat(2_999)}b%`],
  ['letters and wildcards that nearly match', `%${'a_'.repeat(1_499)}b%`],
  ['a wildcard before each letter', `%${'%a'.repeat(1_499)}%b%`],
  ['single wildcards', `%${'_'.repeat(2_999)}b%`],
])('LIKE with a pattern of 3,000 characters: %s', (name, pattern) => {
  const matches = likeMatcher({ pattern, fold: { from: '', to: '' } });
  const begun = performance.now();
  expect(matches(TEXT)).toBe(false);
  console.log(
    `${name} (${pattern.length} characters, a text of ${TEXT.length}): ${(performance.now() - begun).toFixed(1)} ms`,
  );
});
