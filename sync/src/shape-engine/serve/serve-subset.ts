/** Answers a request for a subset snapshot. */
import type { Sql } from 'postgres';
import type { TableColumn } from '../postgres/table.ts';
import { COMMON, invalidRequest, JSON_TYPE, mustRefetch, unavailable } from '../protocol/responses.ts';
import type { ShapeRequest } from '../protocol/shape-request.ts';
import type { Shape } from '../shapes/shape.ts';
import type { SubsetRequest } from '../subset/subset-request.ts';
import { SubsetTooLargeError } from '../subset/subset-snapshot.ts';
import type { Subsets } from '../subset/subsets.ts';
import { canonicaliseWith } from '../where/canonicalise.ts';
import { parseOrderBy } from '../where/parse-order-by.ts';
import { parseWhere } from '../where/parse-where.ts';
import { WhereError } from '../where/where-error.ts';
import { whereSql } from '../where/where-sql.ts';
import { formatOffset, type LogOffset, type RequestedOffset } from '../wire/offset.ts';
import { waitFor } from './serve-shape.ts';

/**
 * The answer's offset is where the reader continues in the log. It is taken before the snapshot and never lies past what
 * the reader has seen. A change in both snapshot and log is recognized by its transaction; a change in neither would be
 * lost.
 *
 * @param options.request the URL's parameters besides the subset.
 * @param options.sql resolves the clauses' constants.
 * @throws BusyError
 * @throws PostgresError
 */
export async function serveSubset(options: {
  readonly http: Request;
  readonly request: Pick<ShapeRequest, 'handle' | 'offset'>;
  readonly subset: SubsetRequest;
  /** Columns that the subset's where and order may name. */
  readonly columns: readonly TableColumn[];
  readonly shape: Shape;
  readonly sql: Sql;
  readonly subsets: Subsets;
  readonly signal: AbortSignal;
}): Promise<Response> {
  const { http, request, subset, columns, shape, sql, subsets, signal } = options;
  const { handle, definition } = shape;
  if (request.handle !== null && request.handle !== handle) {
    shape.expectReader();
    return mustRefetch(handle);
  }
  shape.enter();
  try {
    const parsed = await parseClauses(subset, columns, sql);
    if ('errors' in parsed) return invalidRequest({ subset: parsed.errors });
    // From its first chunk on, a shape follows the log, which then contains every later write.
    const failed = await waitFor(shape, () => shape.log.chunkCount > 0 || shape.snapshotComplete, signal);
    if (failed) return failed;
    const offset = onwards(request.offset, shape.log.lastOffset);
    const { limit, offset: skip } = subset;
    const { body } = await subsets.take({ definition, subset: { ...parsed, limit, offset: skip }, signal });
    return new Response(http.method === 'HEAD' ? null : (body as BodyInit), {
      headers: {
        ...COMMON,
        ...JSON_TYPE,
        'cache-control': 'no-cache',
        'electric-snapshot': 'true',
        'electric-handle': handle,
        'electric-schema': shape.schema,
        'electric-offset': formatOffset(offset),
      },
    });
  } catch (error) {
    if (signal.aborted) return unavailable('The subset was abandoned before it was complete.', 1);
    if (error instanceof SubsetTooLargeError) return invalidRequest({ subset: { limit: [error.message] } });
    throw error;
  } finally {
    shape.leave();
  }
}

function onwards(requested: RequestedOffset, lastOffset: LogOffset): LogOffset {
  if (requested === 'start') return { lsn: 0n, op: 0 };
  return requested === 'now' ? lastOffset : requested;
}

type Clauses =
  | { readonly where: string | null; readonly orderBy: string | null }
  | { readonly errors: Readonly<Record<string, readonly string[]>> };

async function parseClauses(
  { where, params, orderBy }: SubsetRequest,
  columns: readonly TableColumn[],
  sql: Sql,
): Promise<Clauses> {
  const errors: Record<string, string[]> = {};
  const parse = async <Value>(field: string, clause: () => Value | Promise<Value>): Promise<Value | null> => {
    try {
      return await clause();
    } catch (error) {
      if (!(error instanceof WhereError)) throw error;
      errors[field] = [error.message];
      return null;
    }
  };
  const context = { columns, params, canonicalise: canonicaliseWith(sql) };
  const expression = where === null ? null : await parse('where', () => parseWhere(where, context));
  const order = orderBy === null ? null : await parse('order_by', () => parseOrderBy(orderBy, columns));
  if (Object.keys(errors).length > 0) return { errors };
  return { where: expression && whereSql(expression), orderBy: order };
}
