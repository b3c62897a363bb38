/**
 * Asks a model of a server that speaks the API of OpenAI's chat completions: llama.cpp, Ollama, vLLM, LM Studio and many
 * clouds. One request needs no library.
 */
import { z } from 'zod';
import { boundedFetch, TOO_LONG } from './bounded-fetch.ts';
import { broken, type ModelClient, type ModelReply, rejected, type TokenCounts, tooSlow } from './model-client.ts';
import type { ModelSettings } from './model-settings.ts';

const NAMES = { key: 'IHUB_MODEL_KEY', model: 'IHUB_MODEL_NAME' };

/** The parts of an answer that are used. Servers leave out what they do not know. */
const completion = z.object({
  choices: z.array(
    z.object({
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: z.number().int().min(0).nullish(),
      /** Includes thoughts. */
      completion_tokens: z.number().int().min(0).nullish(),
    })
    .nullish(),
});

/** @param timeoutMs for one request. */
export function chatClient({ apiKey, baseUrl }: ModelSettings, timeoutMs: number): ModelClient {
  return {
    async ask({ model, systemInstruction, data, answerSchema }, signal) {
      signal.throwIfAborted();
      const timeout = AbortSignal.timeout(timeoutMs);
      const { fetch, watched } = boundedFetch();
      let body: string;
      let response: Response;
      try {
        response = await fetch(`${baseUrl}/chat/completions`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
          },
          body: JSON.stringify({
            model,
            temperature: 0,
            stream: false,
            messages: [
              { role: 'system', content: systemInstruction },
              { role: 'user', content: data },
            ],
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'placements', strict: true, schema: answerSchema },
            },
          }),
          signal: AbortSignal.any([signal, timeout]),
        });
        body = await response.text();
      } catch (error) {
        signal.throwIfAborted();
        if (watched.isTooLong) return refused(TOO_LONG);
        if (timeout.aborted) throw tooSlow(timeoutMs, error);
        throw broken(watched.response !== null, error);
      }
      if (!response.ok) {
        throw rejected({ status: response.status, retryAfter: response.headers.get('retry-after'), body }, NAMES);
      }
      return replyOf(body);
    },
  };
}

/** @throws ModelUnreachable when the body is not a whole answer. */
function replyOf(body: string): ModelReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw broken(true, error);
  }
  const parsed = completion.safeParse(json);
  if (!parsed.success) return refused('answered in another format than that of chat completions');
  const { choices, usage } = parsed.data;
  const tokens = { prompt: usage?.prompt_tokens ?? null, output: usage?.completion_tokens ?? null };
  const [choice] = choices;
  if (choice === undefined) return refused('gave no answer', tokens);
  const { message, finish_reason: reason } = choice;
  if (message.refusal) return refused('refused (refusal)', tokens);
  if (reason === 'length') return refused('was cut short (length)', tokens);
  if (reason === 'content_filter') return refused('refused (content_filter)', tokens);
  if (!message.content) return refused('gave no answer', tokens);
  return { answer: { text: message.content }, tokens };
}

function refused(why: string, tokens: TokenCounts = { prompt: null, output: null }): ModelReply {
  return { answer: { refused: why }, tokens };
}
