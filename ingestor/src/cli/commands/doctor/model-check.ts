/** Checks the model that reads clients' folder names, when one is configured. */
import type { GeminiAvailability } from '../../../analyze/gemini/gemini-settings.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const GOOGLE = 'https://generativelanguage.googleapis.com';
const TIMEOUT_MS = 10_000;

export interface ModelFacts {
  readonly gemini: GeminiAvailability;
  /** The API's answer; null: it was not asked. */
  readonly answer: ModelAnswer | null;
}

export type ModelAnswer = { readonly status: number } | { readonly unreachable: string };

/** Requests the model's description, which costs nothing. */
export async function askModel(gemini: GeminiAvailability, signal: AbortSignal): Promise<ModelAnswer | null> {
  if (!('settings' in gemini)) return null;
  const { baseUrl, model, apiKey } = gemini.settings;
  const url = `${(baseUrl ?? GOOGLE).replace(/\/+$/, '')}/v1beta/models/${encodeURIComponent(model)}`;
  try {
    const response = await fetch(url, {
      headers: { 'x-goog-api-key': apiKey },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    signal.throwIfAborted();
    const { cause, message } = error as Error;
    return { unreachable: cause instanceof Error ? cause.message : message };
  }
}

export function modelFindings({ gemini, answer }: ModelFacts): Finding[] {
  const check = 'model';
  if (!('settings' in gemini)) {
    const message = `${gemini.unavailable} Rules make the proposals.`;
    return [gemini.isMistake ? warning(check, message) : ok(check, message)];
  }
  const { model } = gemini.settings;
  if (answer === null) return [ok(check, `${model} is set; --online checks it`)];
  if ('unreachable' in answer) {
    return [
      failed(
        check,
        `The model's API does not answer: ${answer.unreachable}.`,
        'give this host access to it, or set GEMINI_BASE_URL',
      ),
    ];
  }
  if (answer.status < 300) return [ok(check, `${model} answers`)];
  if (answer.status === 404)
    return [
      failed(
        check,
        `The model ${model} does not exist.`,
        'set GEMINI_MODEL to one of https://ai.google.dev/gemini-api/docs/models',
      ),
    ];
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    return [
      failed(check, `The model's API rejects GOOGLE_API_KEY (${answer.status}).`, 'set a key that is valid for it'),
    ];
  }
  return [warning(check, `The model's API answers ${answer.status}.`, 'try again later')];
}
