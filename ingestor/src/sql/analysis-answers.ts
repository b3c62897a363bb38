/** Caches a model's answers, so that a repeated question to the same model is paid for once. */
import type { AnalysisCache } from '../analyze/model/analysis-cache.ts';
import type { Sql, TransactionSql } from './client.ts';

export function analysisAnswers(sql: Sql | TransactionSql): AnalysisCache {
  return {
    async get(hash) {
      const [row] = await sql<{ text: string | null }[]>`
        SELECT answer->>'text' AS text FROM analysis_answers WHERE listing_hash = ${hash}`;
      return row?.text ?? null;
    },
    async put(hash, { text, model, tokens }) {
      await sql`
        INSERT INTO analysis_answers (listing_hash, model, answer, prompt_tokens, output_tokens, created_at)
        VALUES (${hash}, ${model}, ${sql.json({ text })}, ${tokens.prompt}, ${tokens.output}, now())
        ON CONFLICT (listing_hash) DO UPDATE SET
          model = excluded.model,
          answer = excluded.answer,
          prompt_tokens = excluded.prompt_tokens,
          output_tokens = excluded.output_tokens,
          created_at = excluded.created_at`;
    },
  };
}
