/** Answers a request from a shape's log. */
import type { LogSlice } from '../log/log-slice.ts';
import { type Body, chunkBody, logBody } from '../protocol/bodies.ts';
import { invalidRequest, logResponse, mustRefetch, unavailable } from '../protocol/responses.ts';
import type { ShapeRequest } from '../protocol/shape-request.ts';
import type { Shape } from '../shapes/shape.ts';
import type { ShapeRegistry } from '../shapes/shape-registry.ts';
import { upToDateMessage } from '../wire/messages.ts';
import { type LogOffset, laterLsn, SNAPSHOT_END } from '../wire/offset.ts';
import { eventStream } from './event-stream.ts';

/** How long a request waits for a snapshot before its reader is asked to come back. */
const SNAPSHOT_WAIT_MS = 60_000;

/**
 * Answers a request for a shape.
 *
 * @param signal ends all waiting; called only when a wait is necessary.
 * @throws the error that kept the shape from being created.
 */
export async function serveShape(
  http: Request,
  request: ShapeRequest,
  shape: Shape,
  registry: ShapeRegistry,
  signal: () => AbortSignal,
): Promise<Response> {
  if (request.handle !== null && request.handle !== shape.handle) {
    shape.expectReader();
    return mustRefetch(shape.handle);
  }
  shape.enter();
  try {
    const chunk = await nextChunk(request, shape, signal);
    if (chunk instanceof Response) return chunk;
    if (chunk !== null) return respond(chunk.end, { body: chunkBody(chunk), upToDate: false, hasData: true });
    return await serveLog();
  } finally {
    shape.leave();
  }

  async function serveLog(): Promise<Response> {
    const ready = await waitFor(shape, () => shape.state === 'ready', signal);
    if (ready) return ready;
    if (request.offset === 'now') return news(shape.log.lastOffset, registry.lastSeenLsn);
    const after = request.offset === 'start' ? SNAPSHOT_END : request.offset;

    // Read before the log, so that it never promises more than the slice contains.
    let seen = registry.lastSeenLsn;
    let slice = after.lsn > seen ? null : shape.log.read(after, registry.limits.chunkBytes);
    if (slice && request.sse) return events(slice, after);
    if (slice && slice.bytes === 0 && request.live) {
      const at = slice.end;
      await shape.changed.until(() => shape.hasNews(at), signal, registry.limits.longPollMs);
      if (shape.state === 'dropped') return mustRefetch(null);
      seen = registry.lastSeenLsn;
      slice = shape.log.read(at, registry.limits.chunkBytes);
    }
    if (!registry.following) return unavailable('The shape engine has lost its connection to Postgres. Try again.', 1);
    if (!slice) return invalidRequest({ offset: ['out of bounds for this shape'] });
    return slice.bytes === 0 && request.live ? news(slice.end, seen) : respondSlice(slice, seen);
  }

  function respondSlice(slice: LogSlice, seen: bigint): Promise<Response> {
    const upToDate = slice.complete ? upToDateMessage(laterLsn(seen, slice.end.lsn)) : null;
    return respond(slice.end, { body: logBody(slice, upToDate), upToDate: slice.complete, hasData: true });
  }

  /** An answer with only an up-to-date. */
  function news(offset: LogOffset, lsn: bigint): Promise<Response> {
    return respond(offset, { body: () => `[${upToDateMessage(lsn)}]`, upToDate: true, hasData: false });
  }

  function events(backlog: LogSlice, after: LogOffset): Promise<Response> {
    const body = () => eventStream({ shape, registry, after, signal: signal() });
    return respond(after, { body, upToDate: backlog.bytes === 0, hasData: true });
  }

  function respond(offset: LogOffset, part: { body: Body; upToDate: boolean; hasData: boolean }): Promise<Response> {
    const { handle, schema } = shape;
    const { longPollMs } = registry.limits;
    return logResponse(http, { ...part, request, handle, longPollMs, schema, offset });
  }
}

/** Returns the snapshot's chunk after the requested offset; null when the snapshot ends before it. */
async function nextChunk(
  { offset }: ShapeRequest,
  shape: Shape,
  signal: () => AbortSignal,
): Promise<LogSlice | Response | null> {
  if (offset === 'now' || (offset !== 'start' && (offset.lsn !== 0n || offset.op === Number.POSITIVE_INFINITY)))
    return null;
  const index = offset === 'start' ? 0 : offset.op + 1;
  const failed = await waitFor(shape, () => shape.log.chunkCount > index || shape.snapshotComplete, signal);
  return failed ?? shape.log.chunk(index);
}

/**
 * @returns null when `done` holds, otherwise the answer that explains why not.
 * @throws the error that kept the shape from being created.
 */
export async function waitFor(
  shape: Shape,
  done: () => boolean,
  signal: AbortSignal | (() => AbortSignal),
): Promise<Response | null> {
  await shape.changed.until(() => shape.state === 'dropped' || done(), signal, SNAPSHOT_WAIT_MS);
  if (shape.failure) throw shape.failure;
  if (shape.state === 'dropped') return mustRefetch(null);
  if (done()) return null;
  shape.expectReader();
  return unavailable('The snapshot of the shape takes a while. Try again.', 5);
}
