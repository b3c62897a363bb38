/** Checks the model that reads clients' folder names, when one is configured. */
import { boundedFetch } from '../../../analyze/model/bounded-fetch.ts';
import type { ModelAvailability, ModelSettings } from '../../../analyze/model/model-settings.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const GOOGLE = 'https://generativelanguage.googleapis.com';
const TIMEOUT_MS = 10_000;

export interface ModelFacts {
  readonly model: ModelAvailability;
  /** The API's answer; null: it was not asked. */
  readonly answer: ModelAnswer | null;
}

export type ModelAnswer = { readonly status: number } | { readonly unreachable: string };

/** The settings to look at, by the API. */
const SETTINGS = {
  gemini: {
    address: 'GEMINI_BASE_URL',
    key: 'GOOGLE_API_KEY',
    otherModel: 'set GEMINI_MODEL to one of https://ai.google.dev/gemini-api/docs/models',
  },
  chat: {
    address: 'IHUB_MODEL_URL',
    key: 'IHUB_MODEL_KEY',
    otherModel:
      'set IHUB_MODEL_NAME to a model that the server has, and IHUB_MODEL_URL to its API, which often ends in /v1',
  },
} as const;

/** Requests the model's description, or the list of a server's models, which costs nothing. */
export async function askModel(model: ModelAvailability, signal: AbortSignal): Promise<ModelAnswer | null> {
  if (!('settings' in model)) return null;
  const { url, headers } = requestOf(model.settings);
  try {
    const { fetch } = boundedFetch();
    const response = await fetch(url, {
      headers,
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

function requestOf({ api, baseUrl, model, apiKey }: ModelSettings): { url: string; headers: Record<string, string> } {
  // Not all servers describe one model by its name.
  if (api === 'chat') {
    return { url: `${baseUrl}/models`, headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` } };
  }
  return {
    url: `${(baseUrl ?? GOOGLE).replace(/\/+$/, '')}/v1beta/models/${encodeURIComponent(model)}`,
    headers: apiKey === null ? {} : { 'x-goog-api-key': apiKey },
  };
}

export function modelFindings({ model, answer }: ModelFacts): Finding[] {
  const check = 'model';
  if (!('settings' in model)) {
    const message = `${model.unavailable} Rules make the proposals.`;
    return [model.isMistake ? warning(check, message) : ok(check, message)];
  }
  const { model: name, pseudonyms, api } = model.settings;
  const settings = SETTINGS[api];
  const sees = pseudonyms ? 'gets pseudonyms instead of names' : 'gets names as they are';
  if (answer === null) return [ok(check, `${name} is set and ${sees}; --online checks it`)];
  if ('unreachable' in answer) {
    return [
      failed(
        check,
        `The model's API does not answer: ${answer.unreachable}.`,
        `give this host access to it, or set ${settings.address}`,
      ),
    ];
  }
  if (answer.status < 300)
    return [ok(check, `${api === 'chat' ? `The server of ${name}` : name} answers, and ${sees}`)];
  if (answer.status === 404) return [failed(check, `The model ${name} does not exist.`, settings.otherModel)];
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    return [
      failed(check, `The model's API rejects ${settings.key} (${answer.status}).`, 'set a key that is valid for it'),
    ];
  }
  return [warning(check, `The model's API answers ${answer.status}.`, 'try again later')];
}
