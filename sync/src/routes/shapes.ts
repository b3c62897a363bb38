/**
 * The shape gateway, `GET /api/shapes/<name>`: Electric's protocol for the shapes that
 * `schema/src/shapes.ts` names, and for no others. Table, columns and where are fixed by the name.
 */
import { isShapeName, type ShapeReference, shapes } from '@ingesthub/schema/shapes.ts';
import { Hono } from 'hono';
import { z } from 'zod';
import type { ShapeSource } from '../shape-source.ts';
import { shapeUrl } from '../shape-url.ts';
import { wireFailure } from '../wire-failure.ts';

/** What a client may say; `cache-buster` and `expired_handle` keep caches on the way from old answers. */
const PROTOCOL_PARAMETERS = [
  'offset',
  'handle',
  'live',
  'live_sse',
  'cursor',
  'replica',
  'log',
  'expired_handle',
  'cache-buster',
] as const;

const PASSED_HEADERS = [
  'cache-control',
  'content-encoding',
  'content-type',
  'etag',
  'retry-after',
  'surrogate-control',
];

/** Mount it at `/api/shapes`. */
export function shapesRoute({ source }: { source: ShapeSource }): Hono {
  return new Hono().get('/:name', async (context) => {
    const { raw } = context.req;
    const name = context.req.param('name');
    if (!isShapeName(name)) return wireFailure(context, 404, 'not_found', `There is no shape "${name}".`);
    const { scope } = shapes[name];
    const reference: ShapeReference | null = scope === 'library' ? { name } : scoped(context.req.query(scope));
    if (!reference) return wireFailure(context, 400, 'invalid_arguments', `The shape "${name}" needs ${scope}=<uuid>.`);

    const url = shapeUrl(reference);
    const given = new URL(raw.url).searchParams;
    for (const parameter of PROTOCOL_PARAMETERS) {
      const value = given.get(parameter);
      if (value !== null) url.searchParams.set(parameter, value);
    }
    const known = raw.headers.get('if-none-match');
    const upstream = await source.fetch(
      new Request(url, {
        method: raw.method,
        signal: raw.signal,
        ...(known === null ? {} : { headers: { 'if-none-match': known } }),
      }),
    );
    return new Response(upstream.body, { status: upstream.status, headers: passed(upstream.headers, scope) });

    function scoped(id: string | undefined): ShapeReference | null {
      const parsed = z.uuid().safeParse(id);
      return parsed.success && isShapeName(name) ? { name, scopeId: parsed.data.toLowerCase() } : null;
    }
  });
}

function passed(upstream: Headers, scope: (typeof shapes)[keyof typeof shapes]['scope']): Headers {
  const headers = new Headers();
  for (const [name, value] of upstream) {
    if (name.startsWith('electric-') || PASSED_HEADERS.includes(name)) headers.set(name, value);
  }
  // One client's own: not for caches that others share.
  const caching = headers.get('cache-control');
  if (scope === 'client' && caching !== null)
    headers.set('cache-control', caching.replace('public', 'private').replace(/, s-maxage=\d+/, ''));
  return headers;
}
