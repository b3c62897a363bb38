/** The environment's word about Gemini: whether a model is asked, which one, where, and what it costs. */
import { z } from 'zod';

const price = z.coerce.number().min(0).optional();

/** Variables, for the package's `config.ts`. */
export const geminiVariables = {
  GOOGLE_API_KEY: z.string().min(1).optional(),
  /** As the API names models; there is no default, since models are shut down. */
  GEMINI_MODEL: z
    .string()
    .regex(/^(?:models\/)?[a-z0-9][a-z0-9._-]*$/i, 'it is the name of a model, such as the API lists them')
    .transform((name) => name.replace(/^models\//, ''))
    .optional(),
  /** Instead of Google's address: a proxy, or a test. */
  GEMINI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Dollars for a million tokens that are sent. */
  GEMINI_PRICE_INPUT: price,
  /** Dollars for a million tokens of answers. */
  GEMINI_PRICE_OUTPUT: price,
};

export interface GeminiSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Null: Google's own. */
  readonly baseUrl: string | null;
  readonly prices: TokenPrices;
}

/** Dollars for a million tokens; null: nobody said. */
export interface TokenPrices {
  readonly input: number | null;
  readonly output: number | null;
}

/** A model that may be asked, or the sentence that says why none is. */
export type GeminiAvailability =
  | { readonly settings: GeminiSettings }
  | {
      readonly unavailable: string;
      /** Somebody wanted a model and something is missing; else nobody asked for one. */
      readonly isMistake: boolean;
    };

export function geminiAvailability(environment: z.infer<z.ZodObject<typeof geminiVariables>>): GeminiAvailability {
  const { GOOGLE_API_KEY: apiKey, GEMINI_MODEL: model } = environment;
  if (apiKey === undefined) {
    return { unavailable: 'No model was asked: GOOGLE_API_KEY is not set.', isMistake: false };
  }
  if (model === undefined) {
    return {
      unavailable:
        'No model was asked: GOOGLE_API_KEY is set and GEMINI_MODEL is not. Set it to a model of the list at https://ai.google.dev/gemini-api/docs/models; a small, fast one is enough.',
      isMistake: true,
    };
  }
  return {
    settings: {
      apiKey,
      model,
      baseUrl: environment.GEMINI_BASE_URL ?? null,
      prices: { input: environment.GEMINI_PRICE_INPUT ?? null, output: environment.GEMINI_PRICE_OUTPUT ?? null },
    },
  };
}
