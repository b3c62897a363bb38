/** Asks a model of Gemini's API, with Google's own client. */
import type { ApiError, GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { boundedFetch, TOO_LONG } from './bounded-fetch.ts';
import { broken, type ModelClient, type ModelReply, rejected, type TokenCounts, tooSlow } from './model-client.ts';
import type { ModelSettings } from './model-settings.ts';

const NAMES = { key: 'GOOGLE_API_KEY', model: 'GEMINI_MODEL' };

/** @param timeoutMs for one request. */
export function geminiClient(settings: ModelSettings, timeoutMs: number): ModelClient {
  let connected: Promise<GoogleGenAI> | null = null;
  return {
    async ask({ model, systemInstruction, data, answerSchema }, signal) {
      signal.throwIfAborted();
      connected ??= connect(settings);
      const client = await connected;
      const timeout = AbortSignal.timeout(timeoutMs);
      // The client's errors include neither the headers nor the status of an interrupted answer.
      const { fetch, watched } = boundedFetch();
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
            httpOptions: { fetch },
          },
        });
        return replyOf(response);
      } catch (error) {
        signal.throwIfAborted();
        if (watched.isTooLong) return refused(TOO_LONG, { prompt: null, output: null });
        if (timeout.aborted) throw tooSlow(timeoutMs, error);
        const { response } = watched;
        if (response === null || response.status < 300) throw broken(response !== null, error);
        throw rejected({ ...response, body: isApiError(error) ? error.message : '' }, NAMES, error);
      }
    },
  };
}

async function connect({ apiKey, baseUrl }: ModelSettings): Promise<GoogleGenAI> {
  // Loading takes a third of a second, so only calls that use a model pay for it.
  const sdk = await import('@google/genai');
  return new sdk.GoogleGenAI({
    ...(apiKey === null ? {} : { apiKey }),
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

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}
