/** Prepares a project for browsers: positions of its shapes first, then its rows, so that no change lies between. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { type ShapeName, type ShapeReference, shapes, shapesOf } from '@ingesthub/schema/library/shapes.ts';
import type { PreparedProject, PreparedShape } from '@ingesthub/schema/replica/prepared-project.ts';
import pLimit from 'p-limit';
import type { Sql, TransactionSql } from 'postgres';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { shapeUrl } from '../shapes/shape-url.ts';
import { createChunker } from './chunker.ts';

export interface PrepareOptions {
  readonly sql: Sql;
  readonly source: ShapeSource;
  readonly projectId: string;
  /** The folder to create. */
  readonly folder: string;
  readonly id: string;
}

/** Level 3 shrinks asset rows as much as level 6, in a third of the time. */
const ZSTD_LEVEL = 3;
/** Milliseconds to wait for transactions that are in the log but not visible yet; normally there are none. */
const VISIBLE_MS = 10_000;

const compress = promisify(zstdCompress);

/** The name of the file that describes a prepared project. */
export const FACTS = 'project.json';

/** Returns the name of a chunk's file. */
export function chunkFile(shape: string, index: number): string {
  return `${shape}-${index}.zst`;
}

/** @throws when a shape has no position now, or rows cannot be read; nothing is left then. */
export async function prepareProject(options: PrepareOptions): Promise<PreparedProject> {
  const { sql, source, projectId, folder, id } = options;
  const draft = `${folder}.new`;
  await mkdir(draft, { recursive: true });
  try {
    const references = shapesOf('project').map((name) => ({ name, scopeId: projectId }));
    const positions = await Promise.all(references.map((reference) => positionOf(source, reference)));
    await everythingVisible(sql);
    const parts: PreparedShape[] = [];
    await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
      for (const [index, { name, scopeId }] of references.entries()) {
        const position = positions[index];
        if (!position) throw new TypeError(`${name} has no position`);
        const chunks = await writeRows(transaction, { name, projectId: scopeId, folder: draft });
        parts.push({ name, columns: [...shapes[name].columns], ...position, chunks });
      }
    });
    const prepared: PreparedProject = { id, shapes: parts };
    await writeFile(path.join(draft, FACTS), JSON.stringify(prepared));
    await rename(draft, folder);
    return prepared;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Returns a shape's current end; the source creates the shape if it has none yet. */
async function positionOf(source: ShapeSource, reference: ShapeReference): Promise<{ handle: string; offset: string }> {
  const url = shapeUrl(reference);
  url.searchParams.set('offset', 'now');
  const answer = await source.fetch(new Request(url));
  await answer.body?.cancel();
  const handle = answer.headers.get('electric-handle');
  const offset = answer.headers.get('electric-offset');
  if (!answer.ok || handle === null || offset === null)
    throw new Error(`The shape ${reference.name} has no position now (${answer.status}).`);
  return { handle, offset };
}

/** Waits until snapshots see every transaction in the log so far: a commit is in the log a moment before they do. */
async function everythingVisible(sql: Sql): Promise<void> {
  // Later than that of any transaction in the log. A snapshot's own upper bound may be lower than that of one that runs.
  const [{ next }] = await sql<[{ next: string }]>`SELECT pg_current_xact_id()::text AS next`;
  const deadline = performance.now() + VISIBLE_MS;
  for (;;) {
    const [{ oldest }] = await sql<
      [{ oldest: string }]
    >`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest`;
    if (BigInt(oldest) >= BigInt(next)) return;
    if (performance.now() > deadline) throw new Error('A transaction has been open for too long.');
    await delay(20);
  }
}

/** @returns the chunks, in order. */
async function writeRows(
  transaction: TransactionSql,
  { name, projectId, folder }: { name: ShapeName; projectId: string; folder: string },
): Promise<PreparedShape['chunks']> {
  const { table, columns, key } = shapes[name];
  // Packages together, so that a chunk belongs to few lists. COPY takes no parameters; the id is a checked uuid.
  const order = [...new Set(['package_id', ...key])].join(', ');
  const stream = await transaction
    .unsafe(
      `COPY (SELECT ${columns.join(', ')} FROM ${table} WHERE project_id = '${projectId}' ORDER BY ${order})
       TO STDOUT (FORMAT binary)`,
    )
    .readable();
  const chunks: PreparedShape['chunks'] = [];
  const limit = pLimit(1);
  const writes: Promise<void>[] = [];
  const chunker = createChunker((bytes, rows) => {
    const file = path.join(folder, chunkFile(name, chunks.length));
    chunks.push({ rows, bytes: bytes.length });
    writes.push(limit(async () => writeFile(file, await compress(bytes, level))));
    writes.at(-1)?.catch(() => {});
  });
  // Never paused: half an answer would make the connection unusable.
  stream.on('data', (piece: Buffer) => chunker.add(piece));
  await finished(stream);
  chunker.end();
  await Promise.all(writes);
  return chunks;
}

const level = { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } };
