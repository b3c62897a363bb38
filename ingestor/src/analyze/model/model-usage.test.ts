import { expect, test } from 'vitest';
import { costOf, UsageCounter } from './model-usage.ts';

test.each([
  [{ prompt: 1_000_000, output: 100_000 }, { input: 0.3, output: 2.5 }, 0.55],
  [{ prompt: 10, output: 10 }, { input: 0.3, output: null }, null],
  [{ prompt: null, output: 10 }, { input: 0.3, output: 2.5 }, null],
  [{ prompt: 0, output: 0 }, { input: null, output: null }, 0],
])('costOf(%j, %j) is %s', (tokens, prices, expected) => {
  const cost = costOf(tokens, prices);
  if (expected === null) expect(cost).toBe(null);
  else expect(cost).toBeCloseTo(expected, 10);
});

test('UsageCounter reports an unknown sum when one answer has unknown tokens', () => {
  const counter = new UsageCounter();
  counter.sent();
  counter.answered({ prompt: 5, output: null });
  counter.sent();
  counter.answered({ prompt: 6, output: 7 });
  counter.known();
  expect(counter.usage({ input: 1, output: 1 })).toEqual({
    prompt_tokens: 11,
    output_tokens: null,
    cost_usd: null,
    requests: 2,
    cached: 1,
  });
});
