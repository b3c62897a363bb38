/** Caches model answers, so that each is paid for once. */
import type { TokenCounts } from './model-client.ts';

interface CachedAnswer {
  /** As the model wrote it, pseudonyms included; the text is validated again when it is read. */
  readonly text: string;
  readonly model: string;
  readonly tokens: TokenCounts;
}

export interface AnalysisCache {
  /** @param hash of the request: server, model, prompt, schema and names as they are sent. */
  get(hash: string): Promise<string | null>;
  put(hash: string, answer: CachedAnswer): Promise<void>;
}
