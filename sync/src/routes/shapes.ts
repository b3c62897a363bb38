/**
 * The shape gateway, `GET /api/shapes/<name>`: Electric's protocol for exactly the shapes named in
 * `schema/src/library/shapes.ts`. The name determines table, columns and where.
 */
import { isShapeName, type ShapeReference, type ShapeScope, shapes } from '@ingesthub/schema/library/shapes.ts';
import { Hono } from 'hono';
import { z } from 'zod';
import { wireFailure } from '../http/wire-failure.ts';
import { emptyShape, type KnownScopes, NO_SCOPE } from '../shapes/known-scopes.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { shapeUrl } from '../shapes/shape-url.ts';

/** Parameters that a reader may set; `cache-buster` and `expired_handle` keep caches from serving old answers. */
const PROTOCOL_PARAMETERS = [
  'offset',
  'handle',
  'live',
  'live_sse',
  // Sent by older clients.
  'experimental_live_sse',
  'cursor',
  'replica',
  'log',
  'expired_handle',
  'cache-buster',
];

const PASSED_REQUEST_HEADERS = ['accept-encoding', 'if-none-match'];
const PASSED_RESPONSE_HEADERS = [
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
  'retry-after',
  'surrogate-control',
  'vary',
];

export interface ShapesRouteOptions {
  readonly source: ShapeSource;
  readonly scopes: KnownScopes;
  /** Receives the handle of a deleted shape that a reader tried to continue. */
  readonly onGone?: (handle: string) => void;
}

/** Mount it at `/api/shapes`. */
export function shapesRoute({ source, scopes, onGone }: ShapesRouteOptions): Hono {
  return new Hono().get('/:name', async (context) => {
    const { raw } = context.req;
    const name = context.req.param('name');
    if (!isShapeName(name)) return wireFailure(context, 404, 'not_found', `Unknown shape "${name}".`);
    const { scope } = shapes[name];
    const reference: ShapeReference | null = scope === 'library' ? { name } : scoped(context.req.query(scope));
    if (!reference) return wireFailure(context, 400, 'invalid_arguments', `The shape "${name}" needs ${scope}=<uuid>.`);

    const isKnown = await scopes.has(reference).catch(() => null);
    if (isKnown === null) return wireFailure(context, 503, 'unavailable', 'The database does not answer. Try again.');
    const url = shapeUrl(isKnown ? reference : emptyShape(reference));
    for (const [parameter, value] of new URL(raw.url).searchParams) {
      if (parameter === scope) continue;
      // Rejected rather than dropped: a reader that narrows a shape would mistake the wider rows for its own.
      if (!PROTOCOL_PARAMETERS.includes(parameter))
        return wireFailure(context, 400, 'invalid_arguments', `The shape "${name}" takes no parameter "${parameter}".`);
      url.searchParams.set(parameter, value);
    }
    const headers = new Headers();
    for (const header of PASSED_REQUEST_HEADERS) {
      const value = raw.headers.get(header);
      if (value !== null) headers.set(header, value);
    }
    const upstream = await source.fetch(new Request(url, { method: raw.method, headers, signal: raw.signal }));
    const handle = url.searchParams.get('handle');
    // When a client's own shape replaces the empty one, no shape was deleted.
    if (upstream.status === 409 && handle !== null && scope !== 'client') onGone?.(handle);
    const body = upstream.body && endingQuietly(upstream.body, raw.signal);
    return new Response(body, { status: upstream.status, headers: passed(upstream.headers, scope, isKnown) });

    function scoped(id: string | undefined): ShapeReference | null {
      const parsed = z.uuid().safeParse(id);
      if (!parsed.success || parsed.data === NO_SCOPE || !isShapeName(name)) return null;
      return { name, scopeId: parsed.data.toLowerCase() };
    }
  });
}

/** Passes the body on, without the error by which a source may end it after its reader has left: no report is needed then. */
function endingQuietly(body: ReadableStream<Uint8Array>, gone: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (!gone.aborted) throw error;
          controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function passed(upstream: Headers, scope: ShapeScope, isKnown: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of upstream) {
    if (name.startsWith('electric-') || PASSED_RESPONSE_HEADERS.includes(name)) headers.set(name, value);
  }
  // One client's own rows do not belong in shared caches.
  const caching = headers.get('cache-control');
  if (scope === 'client' && caching !== null)
    headers.set('cache-control', caching.replace('public', 'private').replace(/, s-maxage=\d+/, ''));
  // The id may be created at any time.
  if (!isKnown) headers.set('cache-control', 'no-store');
  return headers;
}
