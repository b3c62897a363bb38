import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { expect, test } from 'vitest';
import { describeError } from './describe-error.ts';

test('describeError: describes each issue of a ZodError in words, once', () => {
  const { error } = mutationArgs['assets.tag'].safeParse({ ids: [], add: ['', ' '], remove: [] });
  expect(describeError(error)).toMatch(/^[^{}[\]]*; a tag has at least one character$/);
  expect(describeError(new Error('No room.'))).toBe('No room.');
  expect(describeError('No room.')).toBe('No room.');
});
