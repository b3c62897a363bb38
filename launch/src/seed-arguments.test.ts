import { expect, test } from 'vitest';
import { parseSeedArguments, SeedUsageError } from './seed-arguments.ts';

test('parseSeedArguments: requires only the number of assets', () => {
  expect(parseSeedArguments(['--assets', '1000'])).toEqual({ assets: 1000, projects: 4, packageSize: null, seed: 1 });
  const all = ['--assets=5', '--projects', '2', '--package-size', '100000', '--seed', '0'];
  expect(parseSeedArguments(all)).toEqual({ assets: 5, projects: 2, packageSize: 100_000, seed: 0 });
});

test.each([
  [[], 'Set the number of assets with --assets'],
  [['--projects', '17'], 'Set the number of assets with --assets'],
  [['--assets', 'many'], '--assets takes a whole number from 1 to 10000000, not “many”'],
  [['--assets', '-5'], 'ambiguous'],
  [['--assets', '0'], '--assets takes a whole number from 1'],
  [['--assets', '1e3'], 'not “1e3”'],
  [['--assets', '5', '--projects', '0'], '--projects takes a whole number from 1 to 1000, not “0”'],
  [['--assets', '5', '--size', '3'], "Unknown option '--size'"],
  [['5'], 'Unexpected argument'],
])('parseSeedArguments: rejects %j in one sentence', (argv, message) => {
  expect(() => parseSeedArguments(argv)).toThrow(SeedUsageError);
  expect(() => parseSeedArguments(argv)).toThrow(message);
  expect(() => parseSeedArguments(argv)).toThrow(/^[^\n]+usage: [^\n]+$/);
});
