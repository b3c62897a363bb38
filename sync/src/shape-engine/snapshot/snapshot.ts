/** The rows of a shape as one transaction sees them, written to its log as Postgres sends them. */
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Sql } from 'postgres';
import { z } from 'zod';
import type { ShapeLog } from '../log/shape-log.ts';
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { whereSql } from '../where/where-sql.ts';
import { type SnapshotBounds, snapshotEndMessage } from '../wire/messages.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { SnapshotRows } from './snapshot-rows.ts';
import { parseSnapshotBounds } from './visibility.ts';

export interface SnapshotOptions {
  readonly sql: Sql;
  readonly definition: ShapeDefinition;
  readonly log: ShapeLog;
  /** A chunk is closed when it has grown to so many bytes. */
  readonly chunkBytes: number;
  readonly signal: AbortSignal;
  /** Meets the log: reads what the snapshot sees; null gives the snapshot up. */
  join(readBounds: () => Promise<SnapshotBounds>): Promise<SnapshotBounds | null>;
  onChunk(): void;
}

const boundsRow = z.tuple([z.object({ bounds: z.string() })]);

/**
 * @returns false when `join` gave it up.
 * @throws PostgresError when the table has become another one meanwhile, or may not be read.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<boolean> {
  const { sql, definition, signal } = options;
  return await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
    const bounds = await options.join(async () => {
      const rows = await transaction.unsafe('SELECT pg_current_snapshot()::text AS bounds');
      return parseSnapshotBounds(boundsRow.parse([...rows])[0].bounds);
    });
    if (!bounds) return false;
    const chunks = new ChunkWriter(options);
    if (definition.log === 'full') {
      const rows = new SnapshotRows(definition);
      // One process prints rows as quickly as they are read here; more would only take their cores.
      await transaction.unsafe('SET LOCAL max_parallel_workers_per_gather = 0');
      const stream = await transaction.unsafe(copySql(definition, rows.selectList)).readable();
      await eachRow(stream, signal, (row) => chunks.addRow(rows, row));
    }
    chunks.end(snapshotEndMessage(bounds));
    return true;
  });
}

/** COPY takes no parameters: the where has its constants in it. */
function copySql({ table, where }: ShapeDefinition, selectList: string): string {
  const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const condition = where === null ? '' : ` WHERE ${whereSql(where)}`;
  return `COPY (SELECT ${selectList} FROM ${name}${condition}) TO STDOUT`;
}

/**
 * A row for each message of the connection, which an iterator would join. The stream is never paused: the
 * driver stops its socket when its buffer is full, and after the last row nothing makes it go on. And it is
 * read to its end whatever happens: with half an answer in it the connection is of no use.
 */
async function eachRow(stream: Readable, signal: AbortSignal, take: (row: Buffer) => void): Promise<void> {
  let failure: unknown = null;
  stream.on('data', (row: Buffer) => {
    if (failure !== null) return;
    try {
      signal.throwIfAborted();
      take(row);
    } catch (error) {
      failure = error;
    }
  });
  // Also of a stream that has failed before it was listened to.
  await finished(stream).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw new Error('The connection was lost while the snapshot was read.', { cause: error });
  });
  if (failure !== null) throw failure;
}
