/** The rows of a shape as one transaction sees them, already in the protocol's form: Postgres writes the JSON. */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { quoteIdentifier } from './identifiers.ts';
import { messageArray, rowKeyPrefix, type SnapshotBounds, snapshotEndMessage } from './messages.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { parseSnapshotBounds } from './visibility.ts';
import { whereSql } from './where.ts';

export interface SnapshotOptions {
  readonly sql: Sql;
  readonly definition: ShapeDefinition;
  /** A chunk is closed when it has grown to so many bytes. */
  readonly chunkBytes: number;
  readonly signal: AbortSignal;
  /** What the snapshot sees, before its first row; false gives it up. */
  onBounds(bounds: SnapshotBounds): boolean;
  /** A whole response body. */
  onChunk(body: Buffer): void;
}

const ROWS_PER_FETCH = 500;

const boundsRow = z.tuple([z.object({ bounds: z.string() })]);

/**
 * @returns false when `onBounds` gave it up.
 * @throws PostgresError when the table has become another one meanwhile, or may not be read.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<boolean> {
  const { sql, definition, signal } = options;
  return await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
    const [{ bounds: text }] = boundsRow.parse([
      ...(await transaction.unsafe('SELECT pg_current_snapshot()::text AS bounds')),
    ]);
    const bounds = parseSnapshotBounds(text);
    if (!options.onBounds(bounds)) return false;

    const chunk = new ChunkBuilder();
    const query = snapshotSql(definition);
    for await (const rows of transaction.unsafe(query.text, query.values).raw().cursor(ROWS_PER_FETCH)) {
      signal.throwIfAborted();
      for (const [message] of rows as unknown as [Buffer][]) {
        // Closed only when another row follows: the last chunk has room for the end of the snapshot.
        if (chunk.bytes >= options.chunkBytes) options.onChunk(chunk.take());
        chunk.add(message);
      }
    }
    chunk.add(Buffer.from(snapshotEndMessage(bounds)));
    options.onChunk(chunk.take());
    return true;
  });
}

/** Collects messages, and knows how large a response they make. */
class ChunkBuilder {
  #messages: Buffer[] = [];
  bytes = 0;

  add(message: Buffer): void {
    this.#messages.push(message);
    this.bytes += message.length + 1;
  }

  take(): Buffer {
    const body = messageArray(this.#messages);
    this.#messages = [];
    this.bytes = 0;
    return body;
  }
}

/** One text column, a message for each row. */
function snapshotSql(definition: ShapeDefinition): { text: string; values: string[] } {
  const { table, columns, key, where } = definition;
  const headers = `,"headers":{"relation":${JSON.stringify([table.schema, table.name])},"operation":"insert"}}`;
  const keyParts = key.map((column) => `'/"' || replace(${quoteIdentifier(column)}::text, '/', '//') || '"'`);
  const condition = whereSql(where);
  return {
    text: `
      SELECT '{"key":' || to_json(${quoteLiteral(rowKeyPrefix(table.schema, table.name))} || ${keyParts.join(' || ')})::text
        || ',"value":' || (
          SELECT row_to_json(ingesthub_row)::text
          FROM (SELECT ${columns.map((column) => `${quoteIdentifier(column)}::text AS ${quoteIdentifier(column)}`).join(', ')}) AS ingesthub_row
        ) || ${quoteLiteral(headers)}
      FROM ${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}
      WHERE ${condition.text}`,
    values: condition.values,
  };
}

/** A constant of the table's names, never of a request. */
function quoteLiteral(text: string): string {
  const literal = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${literal}` : literal;
}
