/** Gets the answer for a batch: from the cache, by retrying failed requests, or by asking once more. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AnalysisCache } from './analysis-cache.ts';
import { type Accepted, checkAnswer, type Refused } from './batch-answer.ts';
import { type BatchRequest, requestHash } from './batch-request.ts';
import { type ModelClient, type ModelReply, ModelUnreachable } from './model-client.ts';
import type { UsageCounter } from './model-usage.ts';
import { RETRY_RULE, type RetryRule, retryDelay } from './retry-delay.ts';

export interface AskOptions {
  readonly client: ModelClient;
  readonly cache: AnalysisCache | null;
  readonly usage: UsageCounter;
  readonly retry?: RetryRule | undefined;
  /** Replaces the clock. */
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Attempts per question: the second follows when the first answer is unusable. */
const ANSWERS = 2;

/**
 * @returns the valid part of the answer; files may be missing from it.
 * @throws ModelUnreachable when the API does not answer, and would not answer other batches either.
 */
export async function askBatch(
  request: BatchRequest,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Accepted | Refused> {
  const { cache, usage } = options;
  const hash = requestHash(request);
  const known = (await cache?.get(hash)) ?? null;
  if (known !== null) {
    const checked = checkAnswer(known, request);
    if (isWhole(checked)) {
      usage.known();
      return checked;
    }
  }

  let last: Accepted | Refused = { refused: 'gave no answer' };
  for (let answer = 0; answer < ANSWERS; answer++) {
    const { answer: given, tokens } = await ask(answer === 0 ? request : askedAgain(request, last), options, signal);
    usage.answered(tokens);
    last = 'refused' in given ? given : checkAnswer(given.text, request);
    if ('text' in given && isWhole(last)) {
      await cache?.put(hash, { text: given.text, model: request.model, tokens });
      return last;
    }
  }
  return last;
}

/** Tells the model what was wrong, without any names: the same words would get the same answer. */
function askedAgain(request: BatchRequest, last: Accepted | Refused): BatchRequest {
  const why = 'refused' in last ? last.refused : 'left files out';
  const remark = `An earlier answer to this could not be used: the model ${why}.`;
  return { ...request, systemInstruction: `${request.systemInstruction}\n\n${remark}` };
}

async function ask(request: BatchRequest, options: AskOptions, signal: AbortSignal): Promise<ModelReply> {
  const { client, usage, retry = RETRY_RULE, wait = waitFor } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      usage.sent();
      return await client.ask(request, signal);
    } catch (error) {
      if (!(error instanceof ModelUnreachable && error.isPassing)) throw error;
      const ms = retryDelay(attempt, error.askedMs, Math.random(), retry);
      if (ms === null) throw error;
      await wait(ms, signal);
    }
  }
}

function isWhole(checked: Accepted | Refused): checked is Accepted {
  return 'readings' in checked && checked.missing.length === 0;
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}
