import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { playIdentity } from '../../testing/identity-model.ts';
import { Scanner } from '../../testing/scanner.ts';

let scanner: Scanner;
beforeAll(async () => {
  scanner = await Scanner.make();
});
beforeEach(() => scanner.clear());
afterAll(() => scanner[Symbol.asyncDispose]());

test.each([1, 2])('tags follow the pictures through random changes of their files, seed %i', async (seed) => {
  const { faults, steps } = await playIdentity(scanner, seed, 4);
  expect(faults, steps.join('\n')).toEqual([]);
});
