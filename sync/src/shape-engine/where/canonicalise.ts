/** Constants in the text form that Postgres gives them, which is the log's. */
import postgres, { type Sql } from 'postgres';
import { WhereError } from './where-error.ts';

/**
 * Asks Postgres for the text that a value of a type has in the log; rejects with WhereError when it
 * is no such value. One query for all constants.
 *
 * `type` is a built-in type's name, or the OID, in digits, of an enum.
 */
export type Canonicalise = (constants: readonly { type: string; text: string }[]) => Promise<string[]>;

/** On connections whose settings are those of the log's. */
export function canonicaliseWith(sql: Sql): Canonicalise {
  return async (constants) => {
    if (constants.length === 0) return [];
    const types = [...new Set(constants.map(({ type }) => type))];
    // Each type's constants are one parameter, so that their number has no bound.
    const parts = types.map(
      (type, index) =>
        `SELECT place, ${canonicalSql(type)} AS text FROM json_to_recordset($${index + 1}::text::json) AS it (place int, text text)`,
    );
    const ofType = (type: string) =>
      constants.flatMap((constant, place) => (constant.type === type ? [{ place, text: constant.text }] : []));
    const [row] = await sql
      .unsafe(
        `SELECT json_agg(text ORDER BY place) AS texts FROM (${parts.join(' UNION ALL ')}) AS canonical`,
        types.map((type) => JSON.stringify(ofType(type))),
      )
      .catch(refuseInvalid);
    const texts = row?.['texts'] as (string | null)[];
    return constants.map(({ text }, index) => {
      const canonical = texts[index];
      if (typeof canonical !== 'string')
        throw new WhereError(
          `${JSON.stringify(text)} is no label of the column's type, which would have to be an enum`,
        );
      return canonical;
    });
  };
}

/** `format` writes as the log does, where a cast to text makes `true` of `t`. */
function canonicalSql(type: string): string {
  return /^\d+$/.test(type)
    ? `(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = ${type} AND enumlabel = it.text)`
    : `format('%s', it.text::${type})`;
}

/** Errors of class 22 are about the data. */
function refuseInvalid(error: unknown): never {
  if (error instanceof postgres.PostgresError && error.code.startsWith('22'))
    throw new WhereError(error.message, { cause: error });
  throw error;
}
