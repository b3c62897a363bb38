/** Reads the environment's settings of a model: whether to use one, which, where, at what price, and whether it sees names. */
import { z } from 'zod';
import { isOwnNetwork } from './own-network.ts';

const price = z.coerce.number().min(0).optional();
const modelName = 'it must be the name of a model as the API lists it';

/** Variables for the package's `config.ts`. */
export const modelVariables = {
  /** The address of a server that speaks the API of OpenAI's chat completions; Gemini is used when unset. */
  IHUB_MODEL_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/^[^/]*\/\/[^/]*@|[?#]/.test(url), 'it may have no password, query or fragment')
    .optional(),
  IHUB_MODEL_NAME: z
    .string()
    .regex(/^[\w.][\w.:/@+-]{0,199}$/, modelName)
    .optional(),
  IHUB_MODEL_KEY: z.string().min(1).optional(),
  /** Dollars per million tokens sent. */
  IHUB_MODEL_PRICE_INPUT: price,
  /** Dollars per million tokens of answers. */
  IHUB_MODEL_PRICE_OUTPUT: price,
  /** Whether names are replaced before they are sent; when unset, unless the model runs in the own network. */
  IHUB_MODEL_PSEUDONYMS: z.enum(['on', 'off']).optional(),
  GOOGLE_API_KEY: z.string().min(1).optional(),
  /** A name as the API lists it; there is no default, because models are shut down. */
  GEMINI_MODEL: z
    .string()
    .regex(/^(?:models\/)?[a-z0-9][a-z0-9._-]*$/i, modelName)
    .transform((name) => name.replace(/^models\//, ''))
    .optional(),
  /** Replaces Google's address, for a proxy or a test. */
  GEMINI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Dollars per million tokens sent. */
  GEMINI_PRICE_INPUT: price,
  /** Dollars per million tokens of answers. */
  GEMINI_PRICE_OUTPUT: price,
};

export interface ModelSettings {
  /** Gemini's API, or that of OpenAI's chat completions. */
  readonly api: 'gemini' | 'chat';
  readonly model: string;
  /** Null: none is sent. */
  readonly apiKey: string | null;
  /** Without a slash at the end; null: Google's own address. */
  readonly baseUrl: string | null;
  readonly prices: TokenPrices;
  /** Names are replaced before they are sent. */
  readonly pseudonyms: boolean;
}

/** Dollars per million tokens; null: not set. */
export interface TokenPrices {
  readonly input: number | null;
  readonly output: number | null;
}

/** A model to use, or the sentence that explains why there is none. */
export type ModelAvailability =
  | { readonly settings: ModelSettings }
  | {
      readonly unavailable: string;
      /** True: a model was wanted and a setting is missing; false: no model was configured. */
      readonly isMistake: boolean;
    };

type Variables = z.infer<z.ZodObject<typeof modelVariables>>;

/** A server of `IHUB_MODEL_URL` comes first. When its settings are incomplete, no names go to Gemini instead. */
export function modelAvailability(environment: Variables): ModelAvailability {
  const { IHUB_MODEL_URL: url, IHUB_MODEL_NAME: name } = environment;
  if (url !== undefined && name !== undefined) return { settings: chatSettings(url, name, environment) };
  if (url !== undefined) return missing('IHUB_MODEL_URL', 'IHUB_MODEL_NAME', 'the name of a model that the server has');
  if (name !== undefined) {
    return missing('IHUB_MODEL_NAME', 'IHUB_MODEL_URL', 'the address of its server, such as http://127.0.0.1:11434/v1');
  }
  const { GOOGLE_API_KEY: apiKey, GEMINI_MODEL: model } = environment;
  if (apiKey === undefined) {
    const unavailable = 'No model was used: neither IHUB_MODEL_URL nor GOOGLE_API_KEY is set.';
    return { unavailable, isMistake: false };
  }
  if (model === undefined) {
    const choose = 'a model from https://ai.google.dev/gemini-api/docs/models; a small, fast one is enough';
    return missing('GOOGLE_API_KEY', 'GEMINI_MODEL', choose);
  }
  return {
    settings: {
      api: 'gemini',
      apiKey,
      model,
      baseUrl: environment.GEMINI_BASE_URL ?? null,
      prices: { input: environment.GEMINI_PRICE_INPUT ?? null, output: environment.GEMINI_PRICE_OUTPUT ?? null },
      // Even a proxy in the own network passes the names on.
      pseudonyms: environment.IHUB_MODEL_PSEUDONYMS !== 'off',
    },
  };
}

/** Whether the model runs in the own network, where it costs no money but is slow. */
export function isOwnModel({ api, baseUrl }: ModelSettings): boolean {
  return api === 'chat' && baseUrl !== null && isOwnNetwork(baseUrl);
}

function chatSettings(url: string, model: string, environment: Variables): ModelSettings {
  const { pathname } = new URL(url);
  const baseUrl = pathname === '/' ? new URL('/v1', url).href : url.replace(/\/+$/, '');
  const { IHUB_MODEL_PSEUDONYMS: wanted } = environment;
  return {
    api: 'chat',
    apiKey: environment.IHUB_MODEL_KEY ?? null,
    model,
    baseUrl,
    prices: { input: environment.IHUB_MODEL_PRICE_INPUT ?? null, output: environment.IHUB_MODEL_PRICE_OUTPUT ?? null },
    pseudonyms: wanted === undefined ? !isOwnNetwork(baseUrl) : wanted === 'on',
  };
}

function missing(set: string, unset: string, choose: string): ModelAvailability {
  const unavailable = `No model was used: ${set} is set but ${unset} is not. Set ${unset} to ${choose}.`;
  return { unavailable, isMistake: true };
}
