/** Answers that were paid for once. */
import type { TokenCounts } from './model-client.ts';

interface CachedAnswer {
  /** As the model wrote it: it is checked again when it is read. */
  readonly text: string;
  readonly model: string;
  readonly tokens: TokenCounts;
}

export interface AnalysisCache {
  /** @param hash of the files that were asked about, the model and the words that it was asked in. */
  get(hash: string): Promise<string | null>;
  put(hash: string, answer: CachedAnswer): Promise<void>;
}
