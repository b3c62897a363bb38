import { describe, expect, test } from 'vitest';
import { inTurn, sideBySide } from './large-pictures.ts';

const MB = 1024 * 1024;

describe('inTurn', () => {
  test('processes large pictures one at a time, in order, and small ones in between', async () => {
    const said: string[] = [];
    const first = Promise.withResolvers<void>();
    const large = [1, 2, 3].map((number) =>
      inTurn(600 * MB, async () => {
        said.push(`${number} begins`);
        if (number === 1) await first.promise;
        said.push(`${number} ends`);
      }),
    );
    await expect.poll(() => said).toEqual(['1 begins']);
    await inTurn(500 * MB, async () => said.push('small'));
    first.resolve();
    await Promise.all(large);
    expect(said).toEqual(['1 begins', 'small', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  test('continues after a picture that failed', async () => {
    const failing = inTurn(600 * MB, () => Promise.reject(new Error('damaged')));
    const next = inTurn(600 * MB, async () => 'next');
    await expect(failing).rejects.toThrow('damaged');
    expect(await next).toBe('next');
  });
});

test('sideBySide allows as many pictures at once as memory permits, and at least one', () => {
  expect([38, 200, 400, 5000].map((size) => sideBySide(size * MB, 8, 6000 * MB))).toEqual([8, 8, 5, 1]);
  expect([38, 200, 400, 5000].map((size) => sideBySide(size * MB, 8, 250 * MB))).toEqual([8, 2, 1, 1]);
});
