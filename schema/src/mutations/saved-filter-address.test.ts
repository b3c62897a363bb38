import { expect, test } from 'vitest';
import { mutationArgs } from './mutations.ts';

test.each([
  ['/search?q=hero', true],
  ['/', true],
  ['//studio.example', false],
  ['/\\studio.example', false],
  ['/\t/studio.example', false],
  ['https://studio.example', false],
])('saved_filters.edit: whether the address %j is accepted: %s', (address, isTaken) => {
  const args = { ids: ['0198c0de-0000-7000-8000-000000000000'], set: { address } };
  expect(mutationArgs['saved_filters.edit'].safeParse(args).success).toBe(isTaken);
});
