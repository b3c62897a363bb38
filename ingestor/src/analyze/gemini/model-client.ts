/** One question to a model over HTTP: its text, or why there is none. */
import type { ApiError, GenerateContentResponse, GoogleGenAI } from '@google/genai';
import type { BatchRequest } from './batch-request.ts';
import type { GeminiSettings } from './gemini-settings.ts';
import { askedDelay } from './retry-delay.ts';

/** What an answer took; null: the API did not say. */
export interface TokenCounts {
  readonly prompt: number | null;
  readonly output: number | null;
}

export interface ModelReply {
  /** What it wrote, or the rest of a sentence that begins with 'the model' and says why it wrote nothing of use. */
  readonly answer: { readonly text: string } | { readonly refused: string };
  readonly tokens: TokenCounts;
}

/** No reply came; the message is one sentence for people, without key or names. */
export class ModelUnreachable extends Error {
  override readonly name = 'ModelUnreachable';
  /** The same request may be answered later. */
  readonly isPassing: boolean;
  /** How long the server asks to wait; null: it does not say. */
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
   * @throws the signal's reason when that ends it.
   */
  ask(request: BatchRequest, signal: AbortSignal): Promise<ModelReply>;
}

const REQUEST_TIMEOUT_MS = 90_000;

/** @param timeoutMs of one request. */
export function modelClient(settings: GeminiSettings, timeoutMs = REQUEST_TIMEOUT_MS): ModelClient {
  let connected: Promise<GoogleGenAI> | null = null;
  return {
    async ask({ model, systemInstruction, data, answerSchema }, signal) {
      signal.throwIfAborted();
      connected ??= connect(settings);
      const client = await connected;
      const timeout = AbortSignal.timeout(timeoutMs);
      // The client's errors have neither headers nor the status of an answer that broke off.
      let seen: { status: number; retryAfter: string | null } | null = null;
      const watched: typeof fetch = async (input, init) => {
        // The key goes to nobody whom the address only points to.
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
  // A third of a second to load, which only those pay who ask a model.
  const sdk = await import('@google/genai');
  return new sdk.GoogleGenAI({
    apiKey,
    // Said, since variables of the environment could say otherwise.
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
    // A blocked question has no answer to count.
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
