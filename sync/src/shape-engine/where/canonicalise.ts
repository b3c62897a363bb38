/** Constants in the text form that Postgres and the log give them. */
import postgres, { type Sql } from 'postgres';
import { WhereError } from './where-error.ts';

/**
 * Asks Postgres for the log's text of each value, given its type; rejects with WhereError for an invalid value. Uses one
 * query for all constants.
 *
 * `type` is the name of a built-in type, or an enum's OID in digits.
 */
export type Canonicalise = (constants: readonly { type: string; text: string }[]) => Promise<string[]>;

/** Requires connections with the same settings as the log's. */
export function canonicaliseWith(sql: Sql): Canonicalise {
  return async (constants) => {
    if (constants.length === 0) return [];
    const types = [...new Set(constants.map(({ type }) => type))];
    // Each type's constants are one parameter, so that their number is unlimited.
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
        throw new WhereError(`${JSON.stringify(text)} is not a label of the column's type, which must be an enum`);
      return canonical;
    });
  };
}

/** `format` writes like the log, whereas a cast to text turns `t` into `true`. */
function canonicalSql(type: string): string {
  return /^\d+$/.test(type)
    ? `(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = ${type} AND enumlabel = it.text)`
    : `format('%s', it.text::${type})`;
}

/** Turns errors of class 22, which concern the data, into WhereError. */
function refuseInvalid(error: unknown): never {
  if (error instanceof postgres.PostgresError && error.code.startsWith('22'))
    throw new WhereError(error.message, { cause: error });
  throw error;
}
