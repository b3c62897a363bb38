/** The rows of a shape as one transaction sees them, written to its log as Postgres sends them. */
import type { Readable } from 'node:stream';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { ChunkWriter } from './chunk-writer.ts';
import { quoteIdentifier } from './identifiers.ts';
import type { ShapeLog } from './log/shape-log.ts';
import { type SnapshotBounds, snapshotEndMessage } from './messages.ts';
import type { ShapeDefinition } from './shape-definition.ts';
import { SnapshotRows } from './snapshot-rows.ts';
import { parseSnapshotBounds } from './visibility.ts';
import { whereSql } from './where/where-sql.ts';

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
      // Read to the end also when aborted: the connection is of no use with half an answer in it.
      await eachPiece(stream, (row) => (signal.aborted ? undefined : chunks.addRow(rows, row)));
      signal.throwIfAborted();
    }
    await chunks.end(snapshotEndMessage(bounds));
    return true;
  });
}

/** COPY takes no parameters: the where has its constants in it. */
function copySql({ table, where }: ShapeDefinition, selectList: string): string {
  const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const condition = where === null ? '' : ` WHERE ${whereSql(where)}`;
  return `COPY (SELECT ${selectList} FROM ${name}${condition}) TO STDOUT`;
}

/** Each a message of the connection, for COPY a row: an iterator would join them. */
function eachPiece(stream: Readable, take: (piece: Buffer) => Promise<void> | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('data', (piece: Buffer) => {
      const written = take(piece);
      if (!written) return;
      stream.pause();
      written.then(() => stream.resume(), reject);
    });
    stream.once('end', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('The connection was lost while the snapshot was read.')));
  });
}
