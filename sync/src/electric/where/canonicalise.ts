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
    // `format` writes as the log does, where a cast to text makes `true` of `t`.
    const columns = constants.map(({ type }, index) =>
      /^\d+$/.test(type)
        ? `(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = ${type} AND enumlabel = $${index + 1}::text)`
        : `format('%s', $${index + 1}::text::${type})`,
    );
    const [row] = await sql
      .unsafe(
        `SELECT to_json(ARRAY[${columns.join(', ')}]) AS texts`,
        constants.map(({ text }) => text),
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

/** Errors of class 22 are about the data. */
function refuseInvalid(error: unknown): never {
  if (error instanceof postgres.PostgresError && error.code.startsWith('22'))
    throw new WhereError(error.message, { cause: error });
  throw error;
}
