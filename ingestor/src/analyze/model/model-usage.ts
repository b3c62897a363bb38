/** Counts the requests, tokens and cost of one analysis. */
import type { ModelUsage } from '@ingesthub/schema/library/proposal.ts';
import type { TokenCounts } from './model-client.ts';
import type { TokenPrices } from './model-settings.ts';

export class UsageCounter {
  #requests = 0;
  #cached = 0;
  #tokens: TokenCounts = { prompt: 0, output: 0 };

  sent(): void {
    this.#requests++;
  }

  /** Counts an answer, usable or not: both are paid for. */
  answered({ prompt, output }: TokenCounts): void {
    this.#tokens = { prompt: sum(this.#tokens.prompt, prompt), output: sum(this.#tokens.output, output) };
  }

  known(): void {
    this.#cached++;
  }

  usage(prices: TokenPrices): ModelUsage {
    const { prompt, output } = this.#tokens;
    return {
      prompt_tokens: prompt,
      output_tokens: output,
      cost_usd: costOf(this.#tokens, prices),
      requests: this.#requests,
      cached: this.#cached,
    };
  }
}

/** Returns dollars; null when the number or the price of used tokens is unknown. */
export function costOf({ prompt, output }: TokenCounts, prices: TokenPrices): number | null {
  const input = product(prompt, prices.input);
  const answers = product(output, prices.output);
  return input === null || answers === null ? null : (input + answers) / 1_000_000;
}

function product(tokens: number | null, price: number | null): number | null {
  if (tokens === 0) return 0;
  return tokens === null || price === null ? null : tokens * price;
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
