/** Stores people's corrections for the next delivery. */
import { type Correction, correctedField, type RememberedCorrection } from '../analyze/rules/corrections.ts';
import type { Sql, TransactionSql } from './client.ts';

/** Stores corrections; the latest one for a folder and a field wins. @param actor the person who corrected. */
export async function rememberCorrections(
  sql: Sql | TransactionSql,
  corrections: readonly Correction[],
  actor: string,
): Promise<void> {
  if (corrections.length === 0) return;
  const rows = corrections.map(({ pattern, field, value }) => ({ pattern, field, value }));
  await sql`
    INSERT INTO corrections (pattern, field, value, corrected_by, corrected_at)
    SELECT said.pattern, said.field, said.value, ${actor}, now()
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS said(pattern text, field text, value text)
    ON CONFLICT (pattern, field) DO UPDATE SET
      value = excluded.value,
      corrected_by = excluded.corrected_by,
      corrected_at = excluded.corrected_at`;
}

/** @param patterns from `patternsOf`. */
export async function findCorrections(
  sql: Sql | TransactionSql,
  patterns: readonly string[],
): Promise<RememberedCorrection[]> {
  const rows = await sql<{ pattern: string; field: string; value: string; corrected_by: string; corrected_at: Date }[]>`
    SELECT pattern, field, value, corrected_by, corrected_at
    FROM corrections
    WHERE pattern = ANY (${[...patterns]}::text[])`;
  return rows.map(({ field, corrected_by: correctedBy, corrected_at: correctedAt, ...row }) => ({
    ...row,
    field: correctedField.parse(field),
    correctedBy,
    correctedAt,
  }));
}
