/**
 * The doorbell, `GET /api/live?shape=<reference>&shape=…`: one server-sent stream that says where
 * shapes stand, at first and whenever one moved. `event: ring`, data `{"shape","handle","offset"}`.
 * By POST the query is the body, as browsers send it: a library may have more shapes than an address has room for.
 */
import { parseShapeReference } from '@ingesthub/schema/shapes.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { Condition } from '../condition.ts';
import type { ShapeSource } from '../shape-source.ts';
import { type ShapePosition, ShapeWatchers } from '../shape-watchers.ts';
import { wireFailure } from '../wire-failure.ts';

export interface LiveRouteOptions {
  readonly source: ShapeSource;
  /** Ends all streams. */
  readonly signal: AbortSignal;
}

const HEARTBEAT_MS = 15_000;
const SHAPES_PER_STREAM = 10_000;
/** Bytes of a body that names them. */
const MAX_BODY = 1024 * 1024;

/** Mount it at `/api/live`. */
export function liveRoute({ source, signal }: LiveRouteOptions): Hono {
  const watchers = new ShapeWatchers(source);
  const limit = bodyLimit({
    maxSize: MAX_BODY,
    onError: (context) => wireFailure(context, 413, 'too_large', 'The body names more shapes than one stream is for.'),
  });
  return new Hono().on(['GET', 'POST'], '/', limit, async (context) => {
    const { req } = context;
    const named = req.method === 'POST' ? new URLSearchParams(await req.text()) : new URL(req.url).searchParams;
    const texts = [...new Set(named.getAll('shape'))];
    if (texts.length === 0)
      return wireFailure(context, 400, 'invalid_arguments', 'Name the shapes to listen to: shape=<name>.');
    if (texts.length > SHAPES_PER_STREAM)
      return wireFailure(context, 400, 'invalid_arguments', `One stream is for at most ${SHAPES_PER_STREAM} shapes.`);
    const references = texts.map(parseShapeReference);
    const bad = references.indexOf(null);
    if (bad >= 0) return wireFailure(context, 400, 'invalid_arguments', `"${texts[bad]}" names no shape.`);

    if (req.method === 'HEAD') return context.body(null, 200, { 'content-type': 'text/event-stream' });
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const ended = AbortSignal.any([signal, gone.signal]);
      // By shape: a slow reader gets the last position, not all of them.
      const rings = new Map<string, ShapePosition>();
      const rang = new Condition();
      const leave = references
        .filter((reference) => reference !== null)
        .map((reference) =>
          watchers.listen(reference, (position) => {
            rings.set(position.shape, position);
            rang.wake();
          }),
        );
      try {
        while (!ended.aborted) {
          const isRung = await rang.until(() => rings.size > 0, ended, HEARTBEAT_MS);
          if (!isRung) await stream.write(': still here\n\n');
          const now = [...rings.values()];
          rings.clear();
          for (const position of now) await stream.writeSSE({ event: 'ring', data: JSON.stringify(position) });
        }
      } finally {
        for (const end of leave) end();
      }
    });
  });
}
