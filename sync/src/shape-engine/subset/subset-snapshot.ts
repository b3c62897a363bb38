/** Takes the rows of a subset as one transaction sees them, with that transaction's place in the log. */
import { randomInt } from 'node:crypto';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { hasCode } from '../postgres/connection.ts';
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { rowKeySql, valueSql } from '../snapshot/row-key-sql.ts';
import { parseSnapshotBounds } from '../snapshot/visibility.ts';
import { whereSql } from '../where/where-sql.ts';
import { boundsFields, type SnapshotBounds } from '../wire/messages.ts';

export interface SubsetOptions {
  readonly sql: Sql;
  readonly definition: ShapeDefinition;
  readonly subset: {
    /** SQL. */
    readonly where: string | null;
    /** SQL. */
    readonly orderBy: string | null;
    readonly limit: number | null;
    readonly offset: number | null;
  };
  /** Largest size of the body; default 32 MB. */
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
}

export interface SubsetSnapshot {
  readonly bounds: SnapshotBounds;
  /** Every transaction visible to the snapshot has its commit record at or before this LSN. */
  readonly lsn: bigint;
  /** Marks the snapshot's rows, so that a reader can distinguish it from others. */
  readonly mark: number;
  /** The whole response body. */
  readonly body: Buffer;
}

/** The requested subset is too large; the message suggests a remedy. */
export class SubsetTooLargeError extends Error {}

const MAX_BYTES = 32 * 1024 * 1024;
const ROWS_PER_FETCH = 500;
const TIMEOUT_SECONDS = 30;
const QUERY_CANCELED = '57014';

// Not the written end of the WAL: with `synchronous_commit = off`, a transaction is visible before its record is written.
const POSITION = `SELECT pg_current_snapshot()::text AS bounds,
  (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text AS lsn`;
const positionRows = z.tuple([z.object({ bounds: z.string(), lsn: z.string() })]);

/**
 * Takes a subset in one repeatable-read transaction. The body is collected in memory, so that a slow reader holds neither
 * a transaction nor a connection; its size is limited instead.
 *
 * @throws SubsetTooLargeError when it outgrows `maxBytes`, or takes Postgres longer than 30 s.
 * @throws PostgresError when the table has changed in the meantime or may not be read.
 */
export async function takeSubset(options: SubsetOptions): Promise<SubsetSnapshot> {
  const { sql, signal, maxBytes = MAX_BYTES } = options;
  const mark = randomInt(2 ** 31);
  try {
    return await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
      await transaction.unsafe(`SET LOCAL statement_timeout = '${TIMEOUT_SECONDS}s'`);
      const [position] = positionRows.parse([...(await transaction.unsafe(POSITION))]);
      const bounds = parseSnapshotBounds(position.bounds);
      const parts: Uint8Array[] = [Buffer.from(`{"metadata":${metadata(bounds, position.lsn, mark)}, "data": [`)];
      let bytes = 0;

      const query = transaction.unsafe(subsetSql(options, mark)).raw();
      const cancel = () => query.cancel();
      signal.throwIfAborted();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        for await (const rows of query.cursor(ROWS_PER_FETCH)) {
          signal.throwIfAborted();
          for (const [message] of rows as unknown as [Buffer][]) {
            bytes += message.length + 1;
            if (bytes > maxBytes) throw tooLarge(`is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`);
            if (parts.length > 1) parts.push(COMMA);
            parts.push(message);
          }
        }
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return { bounds, lsn: BigInt(position.lsn), mark, body: Buffer.concat([...parts, CLOSE]) };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (hasCode(error, QUERY_CANCELED)) throw tooLarge(`takes longer than ${TIMEOUT_SECONDS} s`);
    throw error;
  }
}

const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']}');

function tooLarge(what: string): SubsetTooLargeError {
  return new SubsetTooLargeError(`the subset ${what}; request fewer rows by where, or by limit and offset`);
}

function metadata(bounds: SnapshotBounds, lsn: string, mark: number): string {
  return `{"snapshot_mark":${mark},"database_lsn":"${lsn}",${boundsFields(bounds)}}`;
}

/** Selects one text column with a message per row. */
function subsetSql({ definition, subset }: SubsetOptions, mark: number): string {
  const { table, columns, key, keyPrefix, where } = definition;
  const relation = JSON.stringify([table.schema, table.name]);
  const headers = `,"headers":{"relation":${relation},"operation":"insert","snapshot_mark":${mark}}}`;
  const values = columns.map((column) => `${valueSql(table, column)} AS ${quoteIdentifier(column)}`);
  const conditions = [where && whereSql(where), subset.where].filter((condition) => condition !== null);
  return `
    SELECT '{"key":' || to_json(${quoteLiteral(keyPrefix)} || ${rowKeySql(table, key)})::text
      || ',"value":' || (SELECT row_to_json(ingesthub_row)::text FROM (SELECT ${values.join(', ')}) AS ingesthub_row)
      || ${quoteLiteral(headers)}
    FROM ${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}
    ${conditions.length > 0 ? `WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}` : ''}
    ${subset.orderBy === null ? '' : `ORDER BY ${subset.orderBy}`}
    ${subset.limit === null ? '' : `LIMIT ${subset.limit}`}
    ${subset.offset === null ? '' : `OFFSET ${subset.offset}`}`;
}

/** Quotes a constant that comes from the table's names, never from a request. */
function quoteLiteral(text: string): string {
  const literal = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${literal}` : literal;
}
