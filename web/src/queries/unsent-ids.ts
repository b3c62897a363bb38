/** The assets of changes that wait to be sent. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';

export interface UnsentIdRow {
  readonly id: string;
}

/** {@link UnsentIdRow} rows, each once. Mutations that the server refused do not count. */
export function unsentIdsQuery(): Statement {
  return {
    text: `
      SELECT DISTINCT named.id
      FROM replica.outbox, json_array_elements_text(args->'ids') AS named (id)
      WHERE error_code IS NULL AND name LIKE 'assets.%'`,
    values: [],
  };
}
