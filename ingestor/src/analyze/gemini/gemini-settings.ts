/** Reads the Gemini settings of the environment: whether to use a model, which one, where, and what it costs. */
import { z } from 'zod';

const price = z.coerce.number().min(0).optional();

/** Variables for the package's `config.ts`. */
export const geminiVariables = {
  GOOGLE_API_KEY: z.string().min(1).optional(),
  /** A name as the API lists it; there is no default, because models are shut down. */
  GEMINI_MODEL: z
    .string()
    .regex(/^(?:models\/)?[a-z0-9][a-z0-9._-]*$/i, 'it must be the name of a model as the API lists it')
    .transform((name) => name.replace(/^models\//, ''))
    .optional(),
  /** Replaces Google's address, for a proxy or a test. */
  GEMINI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Dollars per million tokens sent. */
  GEMINI_PRICE_INPUT: price,
  /** Dollars per million tokens of answers. */
  GEMINI_PRICE_OUTPUT: price,
};

export interface GeminiSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Null: Google's own address. */
  readonly baseUrl: string | null;
  readonly prices: TokenPrices;
}

/** Dollars per million tokens; null: not set. */
export interface TokenPrices {
  readonly input: number | null;
  readonly output: number | null;
}

/** A model to use, or the sentence that explains why there is none. */
export type GeminiAvailability =
  | { readonly settings: GeminiSettings }
  | {
      readonly unavailable: string;
      /** True: a model was wanted and a setting is missing; false: no model was configured. */
      readonly isMistake: boolean;
    };

export function geminiAvailability(environment: z.infer<z.ZodObject<typeof geminiVariables>>): GeminiAvailability {
  const { GOOGLE_API_KEY: apiKey, GEMINI_MODEL: model } = environment;
  if (apiKey === undefined) {
    return { unavailable: 'No model was used: GOOGLE_API_KEY is not set.', isMistake: false };
  }
  if (model === undefined) {
    return {
      unavailable:
        'No model was used: GOOGLE_API_KEY is set but GEMINI_MODEL is not. Set GEMINI_MODEL to a model from https://ai.google.dev/gemini-api/docs/models; a small, fast one is enough.',
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
