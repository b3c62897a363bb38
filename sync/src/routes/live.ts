/**
 * The doorbell, `GET /api/live?shape=<reference>&shape=…`: one server-sent stream that reports the position of each shape,
 * at first and after every move.
 *
 * `event: ring`, data `{"shape","handle","offset","from"?,"messages"?,"more"?}`. A small move carries the answer that a
 * reader at `from` would fetch, as text in `messages`. `more` marks a ring that is followed by others of the same moment,
 * to be applied together: a transaction may move several shapes.
 * `event: state`, data `{"following","writing"}`, at first and after every change: sentences that state why shapes cannot
 * currently be followed or why changes are not accepted; null when all is well.
 *
 * With POST, as browsers use it, the body carries the query: a library may have more shapes than fit in a URL.
 */
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { formatShapeReference, parseShapeReference } from '@ingesthub/schema/library/shapes.ts';
import { type ServerState, WELL } from '@ingesthub/schema/replica/server-state.ts';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import pLimit from 'p-limit';
import { wireFailure } from '../http/wire-failure.ts';
import { Condition } from '../shapes/condition.ts';
import type { KnownScopes } from '../shapes/known-scopes.ts';
import type { ServerStateWatch } from '../shapes/server-state.ts';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { type Listening, type ShapePosition, type ShapeTail, ShapeWatchers } from '../shapes/shape-watchers.ts';

export interface LiveRouteOptions {
  readonly source: ShapeSource;
  readonly scopes: KnownScopes;
  /** Without it, the stream reports only whether the shapes can be followed. */
  readonly state?: Pick<ServerStateWatch, 'listen'>;
  /** Ends all streams. */
  readonly signal: AbortSignal;
}

type Ring = ShapePosition & Partial<ShapeTail>;

const HEARTBEAT_MS = 15_000;
const SHAPES_PER_STREAM = 10_000;
/** Limit over all streams together. */
const SHAPES_IN_ALL = 200_000;
/** Shapes that one stream opens at a time: some must be created first, and other streams wait for theirs. */
const SHAPES_AT_ONCE = 16;
/** Characters of messages that wait for one slow reader, beyond which it fetches what has changed. */
const CARRIED_CHARACTERS = 256 * 1024;
/** Bytes of a body that names the shapes. */
const MAX_BODY = 1024 * 1024;

/** Mount it at `/api/live`. */
export function liveRoute({ source, scopes, state, signal }: LiveRouteOptions): Hono {
  const watchers = new ShapeWatchers(source, scopes);
  const limit = bodyLimit({
    maxSize: MAX_BODY,
    onError: (context) =>
      wireFailure(context, 413, 'too_large', 'The body names more shapes than one stream may follow.'),
  });
  return new Hono().on(['GET', 'POST'], '/', limit, async (context) => {
    const { req } = context;
    const named = req.method === 'POST' ? new URLSearchParams(await req.text()) : new URL(req.url).searchParams;
    const texts = [...new Set(named.getAll('shape'))];
    if (texts.length === 0)
      return wireFailure(context, 400, 'invalid_arguments', 'Name the shapes to listen to: shape=<name>.');
    if (texts.length > SHAPES_PER_STREAM)
      return wireFailure(context, 400, 'invalid_arguments', `One stream follows at most ${SHAPES_PER_STREAM} shapes.`);
    const references = texts.map(parseShapeReference);
    const bad = references.indexOf(null);
    if (bad >= 0) return wireFailure(context, 400, 'invalid_arguments', `"${texts[bad]}" names no shape.`);

    if (watchers.listeners + texts.length > SHAPES_IN_ALL)
      return wireFailure(
        context,
        503,
        'unavailable',
        'The server is already watching as many shapes as it can. Try again later.',
      );

    if (req.method === 'HEAD') return context.body(null, 200, { 'content-type': 'text/event-stream' });
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const ended = AbortSignal.any([signal, gone.signal]);
      // One entry per shape: a slow reader gets the last position, not all of them.
      const rings = new Map<string, Ring>();
      /** Characters of the messages in them. */
      let carried = 0;
      const rang = new Condition();
      const problems = new Map<string, string>();
      let server = WELL;
      let told: string | null = null;
      const stateNow = (): string => {
        // When all shapes fail, the source's own sentence describes the cause better.
        const [unfollowed = null] = problems.values();
        return JSON.stringify({ ...server, following: server.following ?? unfollowed } satisfies ServerState);
      };
      const listening: Pick<Listening, 'end'>[] = [];
      const limit = pLimit(SHAPES_AT_ONCE);
      const asking = references
        .filter((reference) => reference !== null)
        .map((reference) =>
          limit(async () => {
            if (ended.aborted) return;
            const one = watchers.listen(reference, {
              onMove(position, tail) {
                // A tail continues the ring that it would replace.
                const isCarried = tail !== null && !rings.has(position.shape) && carried < CARRIED_CHARACTERS;
                if (isCarried) carried += tail.messages.length;
                rings.set(position.shape, isCarried ? { ...position, ...tail } : position);
                rang.wake();
              },
              onProblem(problem) {
                const shape = formatShapeReference(reference);
                if (problem === null) problems.delete(shape);
                else problems.set(shape, problem);
                rang.wake();
              },
            });
            listening.push(one);
            await one.begun;
          }),
        );
      if (state) {
        const end = state.listen((now) => {
          server = now;
          rang.wake();
        });
        listening.push({ end });
      }
      try {
        while (!ended.aborted) {
          const isRung = await rang.until(() => rings.size > 0 || stateNow() !== told, ended, HEARTBEAT_MS);
          if (!isRung) await stream.write(': still here\n\n');
          const standing = stateNow();
          if (standing !== told) await stream.writeSSE({ event: 'state', data: standing });
          told = standing;
          if (rings.size === 0) continue;
          // The other shapes that the same transaction moved are about to ring too.
          await (source.spreadMs ? delay(source.spreadMs) : nextTurn());
          const last = rings.size - 1;
          const now = [...rings.values()].map((ring, at) => (at < last ? { ...ring, more: true } : ring));
          rings.clear();
          carried = 0;
          await stream.write(now.map((ring) => `event: ring\ndata: ${JSON.stringify(ring)}\n\n`).join(''));
        }
      } finally {
        limit.clearQueue();
        for (const one of listening) one.end();
        void Promise.allSettled(asking);
      }
    });
  });
}
