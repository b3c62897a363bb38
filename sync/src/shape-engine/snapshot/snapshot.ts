/** Takes a snapshot: the rows of a shape as one transaction sees them, written to its log as Postgres sends them. */
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
  /** Size at which a chunk is closed. */
  readonly chunkBytes: number;
  readonly signal: AbortSignal;
  /** Joins the log: reads the snapshot's bounds; null abandons the snapshot. */
  join(readBounds: () => Promise<SnapshotBounds>): Promise<SnapshotBounds | null>;
  onChunk(): void;
}

const boundsRow = z.tuple([z.object({ bounds: z.string() })]);

/**
 * @returns false when `join` abandoned the snapshot.
 * @throws PostgresError when the table has changed in the meantime or may not be read.
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
      // One process produces rows as fast as they are read here; parallel workers would only take cores.
      await transaction.unsafe('SET LOCAL max_parallel_workers_per_gather = 0');
      const stream = await transaction.unsafe(copySql(definition, rows.selectList)).readable();
      await eachRow(stream, signal, (row) => chunks.addRow(rows, row));
    }
    chunks.end(snapshotEndMessage(bounds));
    return true;
  });
}

/** COPY takes no parameters, so the where contains its constants. */
function copySql({ table, where }: ShapeDefinition, selectList: string): string {
  const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const condition = where === null ? '' : ` WHERE ${whereSql(where)}`;
  return `COPY (SELECT ${selectList} FROM ${name}${condition}) TO STDOUT`;
}

/**
 * Passes on each message of the connection as a row; an iterator would join them. The stream is never paused: the driver
 * stops its socket when its buffer is full, and after the last row nothing would resume it. The stream is always read to
 * its end, because half an answer would make the connection unusable.
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
  // Also catches a stream that fails before it is listened to.
  await finished(stream).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw new Error('The connection was lost while the snapshot was read.', { cause: error });
  });
  if (failure !== null) throw failure;
}
