/** The protocol's HTTP responses, with statuses and headers as in Electric 1.7. Pure. */

import { MUST_REFETCH } from '../wire/messages.ts';
import { formatOffset, type LogOffset } from '../wire/offset.ts';
import type { Body } from './bodies.ts';
import type { RequestErrors } from './shape-definition.ts';
import type { ShapeRequest } from './shape-request.ts';

export const COMMON = {
  'electric-server': 'IngestHub',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'electric-cursor,electric-handle,electric-has-data,electric-offset,electric-schema,electric-up-to-date,electric-internal-known-error,retry-after',
  'access-control-allow-methods': 'GET, POST, HEAD, DELETE, OPTIONS',
} as const;
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;
const NEVER_CACHED = { 'cache-control': 'no-store', 'surrogate-control': 'no-store' } as const;

const SERVER_SENT_EVENTS = { 'content-type': 'text/event-stream', connection: 'keep-alive' } as const;

export interface LogResponse {
  readonly request: Pick<ShapeRequest, 'offset' | 'live' | 'sse' | 'cursor'>;
  readonly handle: string;
  /** Milliseconds for which a poll waits for news. */
  readonly longPollMs: number;
  readonly schema: string;
  /** The reader's offset after this response. */
  readonly offset: LogOffset;
  readonly upToDate: boolean;
  /** True if there are messages besides the up-to-date. */
  readonly hasData: boolean;
  readonly body: Body;
}

/** Returns a part of a shape's log, or 304 when the reader already has that part. */
export async function logResponse(http: Request, log: LogResponse): Promise<Response> {
  const { offset, live, sse } = log.request;
  const requested = typeof offset === 'string' ? { start: '-1', now: 'now' }[offset] : formatOffset(offset);
  // One answer without news must not be mistaken for the next one.
  const moment = log.hasData ? '' : `:${process.hrtime.bigint()}`;
  const etag = `${log.handle}:${requested}:${formatOffset(log.offset)}${moment}`;
  const headers: Record<string, string> = {
    ...COMMON,
    ...(sse ? SERVER_SENT_EVENTS : JSON_TYPE),
    'cache-control': cacheControl(log),
    ...(live ? { 'electric-cursor': nextCursor(log, Date.now()) } : {}),
    etag: `"${etag}"`,
    'electric-handle': log.handle,
    'electric-has-data': String(log.hasData),
    'electric-offset': formatOffset(log.offset),
    ...(log.upToDate ? { 'electric-up-to-date': '' } : {}),
  };
  const known = http.headers.get('if-none-match')?.split(',') ?? [];
  if (!sse && known.some((tag) => tag.trim().replaceAll('"', '') === etag))
    return new Response(null, { status: 304, headers });
  if (!live) headers['electric-schema'] = log.schema;
  return new Response(http.method === 'HEAD' ? null : await log.body(), { status: 200, headers });
}

function cacheControl({ request: { offset, live, sse } }: LogResponse): string {
  if (sse) return 'public, max-age=59';
  if (offset === 'start') return 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746';
  return live ? 'public, max-age=5, stale-while-revalidate=5' : 'public, max-age=60, stale-while-revalidate=300';
}

/** Returns the end of the current polling period in seconds since 9 October 2024, but never the previous cursor. */
function nextCursor({ request: { cursor: previous }, longPollMs }: LogResponse, now: number): string {
  const period = longPollMs / 1000;
  const next = Math.ceil((now - Date.UTC(2024, 9, 9)) / 1000 / period) * period;
  const before = /^\d{1,15}$/.test(previous ?? '') ? Number(previous) : 0;
  return String(next > before ? next : before + 1 + Math.floor(Math.random() * 3600));
}

/** Tells the reader that its copy is useless and that it must start over, with `handle` if known. */
export function mustRefetch(handle: string | null): Response {
  return new Response(MUST_REFETCH, {
    status: 409,
    headers: {
      ...COMMON,
      ...JSON_TYPE,
      'cache-control': `public, max-age=${handle === null ? 1 : 60}, must-revalidate`,
      ...(handle === null ? {} : { etag: `"${handle}::"`, 'electric-handle': handle }),
    },
  });
}

export function invalidRequest(errors: RequestErrors | { readonly subset: RequestErrors }): Response {
  return new Response(JSON.stringify({ message: 'Invalid request', errors }), {
    status: 400,
    headers: { ...COMMON, ...JSON_TYPE, ...NEVER_CACHED },
  });
}

export function tooLarge(message: string): Response {
  return new Response(JSON.stringify({ message }), {
    status: 413,
    headers: { ...COMMON, ...JSON_TYPE, ...NEVER_CACHED },
  });
}

/** Confirms that the shape is deleted; its readers refetch. */
export function deleted(): Response {
  return new Response(null, { status: 202, headers: { ...COMMON, 'cache-control': 'no-cache' } });
}

export function noSuchShape(): Response {
  return new Response(JSON.stringify({ message: 'No existing shape found' }), {
    status: 404,
    headers: { ...COMMON, ...JSON_TYPE, 'cache-control': 'no-cache' },
  });
}

export function unavailable(message: string, retryAfterSeconds: number): Response {
  return new Response(JSON.stringify({ message }), {
    status: 503,
    headers: { ...COMMON, ...JSON_TYPE, ...NEVER_CACHED, 'retry-after': String(retryAfterSeconds) },
  });
}

export function methodNotAllowed(method: string): Response {
  return new Response(JSON.stringify({ message: `${method} not allowed` }), {
    status: 405,
    headers: { ...COMMON, ...JSON_TYPE, 'cache-control': 'no-cache' },
  });
}

/** Headers that a page's script may set: for revalidation, tracing, and a subset's JSON. */
const ALLOWED_HEADERS: ReadonlySet<string> = new Set(['if-none-match', 'traceparent', 'content-type']);

/** @param http a preflight or any other OPTIONS request. */
export function options(http: Request): Response {
  const asked = http.headers.get('access-control-request-headers') ?? '';
  const allowed = asked.split(',').map((name) => name.trim().toLowerCase());
  const headers = allowed.filter((name) => ALLOWED_HEADERS.has(name)).join(',');
  return new Response(null, {
    status: 204,
    headers: {
      ...COMMON,
      'access-control-max-age': '86400',
      ...(headers === '' ? {} : { 'access-control-allow-headers': headers }),
    },
  });
}
