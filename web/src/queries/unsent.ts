/** Changes waiting to be sent or confirmed. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface UnsentRow {
  readonly id: string;
  readonly name: string;
  readonly label: string | null;
  /** The number of consecutive mutations with the same label: the parts of one change. */
  readonly parts: number;
  /** The number of rows that these mutations name. */
  readonly row_count: number;
  /** The number of those rows that the server has acknowledged. */
  readonly made_count: number;
  readonly created_at: Date;
}

/** {@link UnsentRow} rows in the order of their creation. No table read triggers it: refresh it with the status. */
export function unsentQuery(): LiveQueryInput {
  return {
    reads: [],
    statement: {
      text: `
        SELECT
          min(id::text) AS id, min(name) AS name, label, count(*)::integer AS parts, sum(row_count)::integer AS row_count,
          coalesce(sum(row_count) FILTER (WHERE acknowledged_lsn IS NOT NULL), 0)::integer AS made_count,
          min(created_at) AS created_at
        FROM (
          SELECT
            id, name, label, acknowledged_lsn, created_at, position, json_array_length(args->'ids') AS row_count,
            -- Consecutive mutations with the same label get the same number; those without a label stay separate.
            row_number() OVER (ORDER BY position) - row_number() OVER (PARTITION BY label, name ORDER BY position) AS run
          FROM replica.outbox
          WHERE error_code IS NULL
        ) AS waiting
        GROUP BY label, name, run, CASE WHEN label IS NULL THEN id END
        ORDER BY min(position)
        LIMIT 200`,
      values: [],
    },
  };
}
