import { describe, expect, test } from 'vitest';
import { mostSimilarity, similarity } from './similarity.ts';

describe('similarity equals the ratio of Python’s difflib', () => {
  test.each([
    ['jane doe', 'jane doh', 0.875],
    ['jon smith', 'john smith', 0.9473684210526315],
    ['abcd', 'bcde', 0.75],
    ['ada lovelace', 'ada', 0.4],
    ['mueller', 'muller', 0.9230769230769231],
    ['kim lee', 'lee kim', 0.42857142857142855],
    ['aaaa', 'aa', 0.6666666666666666],
    ['x', 'y', 0],
    ['', '', 1],
    ['', 'a', 0],
    ['anna', 'hannah b', 0.6666666666666666],
    ['subject 01', 'subject 02', 0.9],
    ['👩x', '👩y', 0.5],
    ['qabxcd', 'abycdf', 0.6666666666666666],
    // Which of two equally long runs comes first depends on the order of the arguments.
    ['tide', 'diet', 0.25],
    ['diet', 'tide', 0.5],
  ])('similarity(%j, %j) is %d', (a, b, expected) => {
    expect(similarity(a, b)).toBeCloseTo(expected, 12);
    expect(mostSimilarity(a, b)).toBeGreaterThanOrEqual(similarity(a, b));
  });
});
