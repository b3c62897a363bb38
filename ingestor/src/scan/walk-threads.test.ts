import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { threadsFor } from './walk-threads.ts';

const processors = Math.min(4, Math.max(2, availableParallelism()));

test.each([
  ['begins with one', { milliseconds: 0, entries: 0 }, 0, 1],
  ['uses what has started before', { milliseconds: 0, entries: 0 }, 2, 2],
  ['begins with no more than there are processors', { milliseconds: 0, entries: 0 }, 8, processors],
  ['stays with one where little is to be done', { milliseconds: 40, entries: 500 }, 1, 1],
  ['takes all processors for a large folder', { milliseconds: 100, entries: 20_000 }, 1, processors],
  ['does not judge a drive by its first answers', { milliseconds: 150, entries: 10 }, 1, processors],
  ['waits for a slow drive with eight', { milliseconds: 250, entries: 300 }, 2, 8],
  ['goes back when it becomes fast', { milliseconds: 1000, entries: 50_000 }, 8, processors],
])('threadsFor %s', (_, effort, started, threads) => expect(threadsFor(effort, started)).toBe(threads));
