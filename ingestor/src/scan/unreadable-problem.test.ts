import { expect, test } from 'vitest';
import { unreadableProblem } from './unreadable-problem.ts';

test('unreadableProblem: names the first places and counts the rest', () => {
  expect(unreadableProblem([])).toBeNull();
  const places = ['DAY01', 'DAY02', 'DAY03', 'DAY04', ''].map((relativePath) => ({
    relativePath,
    problem: 'permission denied',
  }));
  expect(unreadableProblem(places)).toContain('DAY01 (permission denied), DAY02 (permission denied), DAY03');
  expect(unreadableProblem(places)).toContain(' and 2 more.');
  expect(unreadableProblem(places.slice(4))).toContain('the folder itself (permission denied)');
});
