import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { playIdentity } from '../../testing/identity-model.ts';
import { Scanner } from '../../testing/scanner.ts';

/** Run other seeds with `IDENTITY_SEEDS=101,102 npm run test:long -- identity-model`. */
const SEEDS = (process.env['IDENTITY_SEEDS'] ?? '11,12,13,14,15,16,17,18').split(',').map(Number);
const ROUNDS = 25;

let scanner: Scanner;
beforeAll(async () => {
  scanner = await Scanner.make();
});
beforeEach(() => scanner.clear());
afterAll(() => scanner[Symbol.asyncDispose]());

test.each(SEEDS)('tags follow the pictures through random changes of their files, seed %i', async (seed) => {
  const { faults, steps } = await playIdentity(scanner, seed, ROUNDS);
  expect(faults, steps.join('\n')).toEqual([]);
});
