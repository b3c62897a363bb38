/** Sends one question to a model over HTTP, and returns its text or the reason for having none. */
import type { ApiError, GenerateContentResponse, GoogleGenAI } from '@google/genai';
import type { BatchRequest } from './batch-request.ts';
import type { GeminiSettings } from './gemini-settings.ts';
import { askedDelay } from './retry-delay.ts';

/** Tokens that a request used; null: the API did not report them. */
export interface TokenCounts {
  readonly prompt: number | null;
  readonly output: number | null;
}

export interface ModelReply {
  /** The model's text, or the reason why it is unusable, as the rest of a sentence that begins with 'the model'. */
  readonly answer: { readonly text: string } | { readonly refused: string };
  readonly tokens: TokenCounts;
}

/** No reply came. The message is one sentence for people, without the key or any names. */
export class ModelUnreachable extends Error {
  override readonly name = 'ModelUnreachable';
  /** The same request may succeed later. */
  readonly isPassing: boolean;
  /** The wait that the server requests; null: none. */
  readonly askedMs: number | null;

  constructor(message: string, details: { isPassing: boolean; askedMs: number | null }, options?: ErrorOptions) {
    super(message, options);
    this.isPassing = details.isPassing;
    this.askedMs = details.askedMs;
  }
}

export interface ModelClient {
  /**
   * @throws ModelUnreachable
   * @throws the signal's reason when it aborts.
   */
  ask(request: BatchRequest, signal: AbortSignal): Promise<ModelReply>;
}

const REQUEST_TIMEOUT_MS = 90_000;

/** @param timeoutMs for one request. */
export function modelClient(settings: GeminiSettings, timeoutMs = REQUEST_TIMEOUT_MS): ModelClient {
  let connected: Promise<GoogleGenAI> | null = null;
  return {
    async ask({ model, systemInstruction, data, answerSchema }, signal) {
      signal.throwIfAborted();
      connected ??= connect(settings);
      const client = await connected;
      const timeout = AbortSignal.timeout(timeoutMs);
      // The client's errors include neither the headers nor the status of an interrupted answer.
      let seen: { status: number; retryAfter: string | null } | null = null;
      const watched: typeof fetch = async (input, init) => {
        // A redirect must not carry the key to another host.
        const response = await fetch(input, { ...init, redirect: 'error' });
        seen = { status: response.status, retryAfter: response.headers.get('retry-after') };
        return response;
      };
      try {
        const response = await client.models.generateContent({
          model,
          contents: [{ role: 'user', parts: [{ text: data }] }],
          config: {
            systemInstruction,
            temperature: 0,
            candidateCount: 1,
            responseMimeType: 'application/json',
            responseJsonSchema: answerSchema,
            abortSignal: AbortSignal.any([signal, timeout]),
            httpOptions: { fetch: watched },
          },
        });
        return replyOf(response);
      } catch (error) {
        signal.throwIfAborted();
        if (timeout.aborted) {
          const message = `the model did not answer within ${timeoutMs / 1000} seconds`;
          throw new ModelUnreachable(message, { isPassing: true, askedMs: null }, { cause: error });
        }
        throw unreachable(error, seen);
      }
    },
  };
}

async function connect({ apiKey, baseUrl }: GeminiSettings): Promise<GoogleGenAI> {
  // Loading takes a third of a second, so only calls that use a model pay for it.
  const sdk = await import('@google/genai');
  return new sdk.GoogleGenAI({
    apiKey,
    // Explicit, because environment variables could set another value.
    vertexai: false,
    apiVersion: 'v1beta',
    ...(baseUrl === null ? {} : { httpOptions: { baseUrl } }),
  });
}

function replyOf(response: GenerateContentResponse): ModelReply {
  const { promptFeedback, candidates, usageMetadata: usage } = response;
  const output = usage?.candidatesTokenCount;
  const tokens = {
    prompt: usage?.promptTokenCount ?? null,
    // A blocked question has no answer tokens.
    output: usage === undefined ? null : (output ?? 0) + (usage.thoughtsTokenCount ?? 0),
  };
  const [candidate] = candidates ?? [];
  if (promptFeedback?.blockReason !== undefined) return refused(`refused (${promptFeedback.blockReason})`, tokens);
  if (candidate === undefined) return refused('gave no answer', tokens);
  const { finishReason = 'STOP', content } = candidate;
  if (String(finishReason) === 'MAX_TOKENS') return refused('was cut short (MAX_TOKENS)', tokens);
  if (String(finishReason) !== 'STOP') return refused(`refused (${finishReason})`, tokens);
  const text = (content?.parts ?? []).map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('');
  return { answer: { text }, tokens };
}

function refused(why: string, tokens: TokenCounts): ModelReply {
  return { answer: { refused: why }, tokens };
}

function unreachable(error: unknown, seen: { status: number; retryAfter: string | null } | null): ModelUnreachable {
  const cause = { cause: error };
  const isAnswered = seen !== null && seen.status >= 200 && seen.status < 300;
  if (seen === null || isAnswered) {
    const why = isAnswered ? "the API's answer broke off" : 'the API could not be reached';
    return new ModelUnreachable(why, { isPassing: true, askedMs: null }, cause);
  }
  const { status, retryAfter } = seen;
  const body = isApiError(error) ? error.message : '';
  const isPassing = status === 408 || status === 429 || status >= 500;
  const askedMs = askedDelay(retryAfter, body, Date.now());
  return new ModelUnreachable(
    `${sentences[status] ?? 'the API answered with an error'} (HTTP ${status})`,
    { isPassing, askedMs },
    cause,
  );
}

const sentences: Readonly<Record<number, string>> = {
  400: 'the API did not accept the request or the key',
  401: 'the API did not accept GOOGLE_API_KEY',
  403: 'the API did not accept GOOGLE_API_KEY',
  404: 'the API does not know the model of GEMINI_MODEL',
  429: "the API's quota was used up",
  503: 'the API was overloaded',
};

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}
