import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createServerPages } from './create-server-pages.ts';

/** Serves numbers as rows: the first five from the requested one on, in pages of two. */
function setUp() {
  const asked: string[] = [];
  const [question, ask] = createSignal<number | null>(null, { equals: false });
  const made = createRoot((dispose) => ({
    dispose,
    pages: createServerPages<number, number>(
      question,
      async (from, after, signal) => {
        asked.push(`${from} after ${after}`);
        await Promise.resolve();
        signal.throwIfAborted();
        if (from < 0) throw new Error('Not at the server.');
        return [0, 1, 2, 3, 4]
          .map((n) => n + from)
          .filter((n) => after === null || n > after)
          .slice(0, 2);
      },
      { pageSize: 2, pauseMs: 0 },
    ),
  }));
  return { ...made, ask, asked };
}

test('createServerPages: loads page after page until one is short', async () => {
  const { pages, ask, dispose } = setUp();
  ask(10);
  await expect.poll(() => [...pages()]).toEqual([10, 11]);
  pages.more();
  await expect.poll(() => pages().length).toBe(4);
  pages.more();
  await expect.poll(() => [...pages()]).toEqual([10, 11, 12, 13, 14]);
  expect([pages.hasMore, pages.loading, pages.problem]).toEqual([false, false, null]);
  dispose();
});

test('createServerPages: sends only the last of several questions asked in quick succession', async () => {
  const { pages, ask, asked, dispose } = setUp();
  for (const from of [1, 2, 3]) ask(from);
  await expect.poll(() => [...pages()]).toEqual([3, 4]);
  expect(asked).toEqual(['3 after null']);
  ask(null);
  expect([...pages()]).toEqual([]);
  dispose();
});

test('createServerPages: sends no request when the question stays the same', async () => {
  const { pages, ask, asked, dispose } = setUp();
  ask(10);
  await expect.poll(() => [...pages()]).toEqual([10, 11]);
  pages.more();
  await expect.poll(() => pages().length).toBe(4);
  ask(10);
  expect([...pages()]).toEqual([10, 11, 12, 13]);
  expect(pages.loading).toBe(false);
  ask(20);
  await expect.poll(() => [...pages()]).toEqual([20, 21]);
  expect(asked).toEqual(['10 after null', '10 after 11', '20 after null']);
  dispose();
});

test('createServerPages: reports why there are no rows, and recovers with the next question', async () => {
  const { pages, ask, dispose } = setUp();
  ask(-1);
  await expect.poll(() => pages.problem).toBe('Not at the server.');
  ask(5);
  await expect.poll(() => [...pages()]).toEqual([5, 6]);
  expect(pages.problem).toBeNull();
  dispose();
});
