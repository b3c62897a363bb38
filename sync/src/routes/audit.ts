/**
 * `GET /api/audit?shape=<reference>[&fresh]`: counts and checksums of a shape's rows, and the WAL positions between which
 * they hold, so that replicas can verify their copy. `fresh` bypasses recent answers.
 */

import {
  formatShapeReference,
  parseShapeReference,
  type ShapeReference,
  scopeColumn,
  shapes,
} from '@ingesthub/schema/library/shapes.ts';
import { type AuditAnswer, partitionSum, partitionSumsSql } from '@ingesthub/schema/replica/partition-sums.ts';
import { Hono } from 'hono';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { boundedRead } from '../http/bounded-read.ts';
import { wireFailure } from '../http/wire-failure.ts';

/** An answer stays true and only becomes less useful: a replica that is ahead of it asks again later. */
const KEPT_MS = 20_000;
const KEPT_ANSWERS = 1000;
/** Milliseconds to sum one shape's rows; a million assets take about two seconds. */
const TIMEOUT_MS = 30_000;

export function auditRoute({ sql }: { sql: Sql }): Hono {
  // One at a time: people wait for every other request, but never for an audit.
  const limit = pLimit(1);
  const answers = new LRUCache<string, Promise<AuditAnswer>>({ max: KEPT_ANSWERS, ttl: KEPT_MS });

  function answerFor(reference: ShapeReference, fresh: boolean): Promise<AuditAnswer> {
    const text = formatShapeReference(reference);
    const known = answers.get(text);
    if (known && !fresh) return known;
    const answer = limit(() => computeSums(sql, reference));
    answers.set(text, answer);
    answer.catch(() => answers.get(text) === answer && answers.delete(text));
    return answer;
  }

  return new Hono().get('/', async (c) => {
    const text = c.req.query('shape') ?? '';
    const reference = parseShapeReference(text);
    if (!reference) return wireFailure(c, 400, 'invalid_arguments', `"${text}" names no shape: shape=<reference>.`);
    const { complete_before, nothing_after, sums } = await answerFor(reference, c.req.query('fresh') !== undefined);
    const body = { complete_before: String(complete_before), nothing_after: String(nothing_after), sums };
    return c.json(body, 200, { 'cache-control': 'no-store' });
  });
}

async function computeSums(sql: Sql, reference: ShapeReference): Promise<AuditAnswer> {
  const shape = shapes[reference.name];
  const column = scopeColumn(shape.scope);
  const text = partitionSumsSql(shape, shape.table, column === null ? 'true' : `row.${column} = $1::uuid`);
  // Read committed: each statement sees the rows committed before it began.
  const answer = await boundedRead(sql, { timeoutMs: TIMEOUT_MS }, async (tx) => {
    const before = await position(tx, 'flush');
    const rows = await tx.unsafe(text, column === null ? [] : [reference.scopeId ?? null]);
    // Not the flushed position: without synchronous_commit, rows are visible before their commit is flushed.
    const after = await position(tx, 'insert');
    // A transaction is identified by the start of its commit record, which is below the end of the log at that time.
    return { complete_before: before, nothing_after: after - 1n, sums: z.array(partitionSum).parse(rows) };
  });
  // On a quiet database, the shapes would otherwise take seconds to pass that position.
  await sql`SELECT pg_logical_emit_message(true, 'ihub.audit', '')`;
  return answer;
}

async function position(tx: Pick<Sql, 'unsafe'>, of: 'flush' | 'insert'): Promise<bigint> {
  const [row] = await tx.unsafe<[{ position: string }]>(
    `SELECT (pg_current_wal_${of}_lsn() - '0/0'::pg_lsn)::text AS position`,
  );
  return BigInt(row.position);
}
