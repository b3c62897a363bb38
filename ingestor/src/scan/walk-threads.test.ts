import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { threadsFor } from './walk-threads.ts';

const processors = Math.min(4, Math.max(2, availableParallelism()));

test.each([
  ['starts with one', { milliseconds: 0, entries: 0 }, 0, 1],
  ['uses the threads that are already running', { milliseconds: 0, entries: 0 }, 2, 2],
  ['starts with no more threads than processors', { milliseconds: 0, entries: 0 }, 8, processors],
  ['keeps one for a small walk', { milliseconds: 40, entries: 500 }, 1, 1],
  ['uses all processors for a large folder', { milliseconds: 100, entries: 20_000 }, 1, processors],
  ['does not judge a drive by its first answers', { milliseconds: 150, entries: 10 }, 1, processors],
  ['uses eight for a slow drive', { milliseconds: 250, entries: 300 }, 2, 8],
  ['returns to the processors when the drive becomes fast', { milliseconds: 1000, entries: 50_000 }, 8, processors],
])('threadsFor %s', (_, effort, started, threads) => expect(threadsFor(effort, started)).toBe(threads));
