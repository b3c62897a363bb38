/** Answers a request from a shape's log. */
import { messageArray, upToDateMessage } from './messages.ts';
import { compareOffsets, type LogOffset, SNAPSHOT_END } from './offset.ts';
import { invalidRequest, logResponse, mustRefetch, unavailable } from './responses.ts';
import type { Shape } from './shape.ts';
import type { LogSlice } from './shape-log.ts';
import type { ShapeRegistry } from './shape-registry.ts';
import type { ShapeRequest } from './shape-request.ts';
import { schemaHeader } from './table.ts';

/** How long a request waits for a snapshot before it is told to come again. */
const SNAPSHOT_WAIT_MS = 60_000;

/**
 * @param signal ends all waiting.
 * @throws what kept the shape from being made.
 */
export async function serveShape(
  http: Request,
  request: ShapeRequest,
  shape: Shape,
  registry: ShapeRegistry,
  signal: AbortSignal,
): Promise<Response> {
  if (request.handle !== null && request.handle !== shape.handle) return mustRefetch(shape.handle);
  shape.readers++;
  try {
    const chunk = await nextChunk(request, shape, signal);
    if (chunk instanceof Response) return chunk;
    if (chunk !== null) return respond(chunk.end, { body: chunk.body, upToDate: false, hasData: true });
    return await serveLog();
  } finally {
    shape.readers--;
    shape.readAt = Date.now();
  }

  async function serveLog(): Promise<Response> {
    const ready = await waitFor(shape, () => shape.state === 'ready', signal);
    if (ready) return ready;
    if (request.offset === 'now') return news(shape.log.lastOffset, registry.lastSeenLsn);
    const after = request.offset === 'start' ? SNAPSHOT_END : request.offset;

    // Read before the log is: it must not promise what the slice does not have.
    let seen = registry.lastSeenLsn;
    let slice = await shape.log.read(after, registry.limits.chunkBytes);
    if (slice && slice.parts.length === 0 && request.live) {
      const poll = AbortSignal.any([signal, AbortSignal.timeout(registry.limits.longPollMs)]);
      const moved = () => shape.state === 'dropped' || compareOffsets(shape.log.lastOffset, slice?.end ?? after) > 0;
      await shape.changed.until(moved, poll);
      seen = registry.lastSeenLsn;
      slice = await shape.log.read(after, registry.limits.chunkBytes);
    }
    if (shape.state === 'dropped') return mustRefetch(null);
    if (!slice) return invalidRequest({ offset: ['out of bounds for this shape'] });
    return slice.parts.length === 0 && request.live ? news(slice.end, seen) : respondSlice(slice, seen);
  }

  function respondSlice(slice: LogSlice, seen: bigint): Response {
    const lsn = seen > slice.end.lsn ? seen : slice.end.lsn;
    const upToDate = slice.complete ? [Buffer.from(upToDateMessage(lsn))] : [];
    const body = messageArray([...slice.parts, ...upToDate]);
    return respond(slice.end, { body, upToDate: slice.complete, hasData: true });
  }

  /** Nothing but an up-to-date. */
  function news(offset: LogOffset, lsn: bigint): Response {
    return respond(offset, { body: messageArray([Buffer.from(upToDateMessage(lsn))]), upToDate: true, hasData: false });
  }

  function respond(offset: LogOffset, part: { body: Buffer; upToDate: boolean; hasData: boolean }): Response {
    const { definition, handle } = shape;
    const schema = schemaHeader(definition.table, definition.columns);
    const { live, cursor, offset: requested } = request;
    const { longPollMs } = registry.limits;
    const body = part.body as BodyInit;
    return logResponse(http, { ...part, body, handle, requested, live, cursor, longPollMs, schema, offset });
  }
}

/** The snapshot's chunk that follows the requested offset; null when the snapshot ends before it. */
async function nextChunk(
  { offset }: ShapeRequest,
  shape: Shape,
  signal: AbortSignal,
): Promise<{ body: Buffer; end: LogOffset } | Response | null> {
  if (offset === 'now' || (offset !== 'start' && (offset.lsn !== 0n || offset.op === Number.POSITIVE_INFINITY)))
    return null;
  const index = offset === 'start' ? 0 : offset.op + 1;
  const failed = await waitFor(shape, () => shape.log.chunkCount > index || shape.snapshotComplete, signal);
  if (failed) return failed;
  const body = await shape.log.chunk(index);
  return body && { body, end: { lsn: 0n, op: index } };
}

/**
 * @returns null when `done` holds, else the answer that says why it does not.
 * @throws what kept the shape from being made.
 */
async function waitFor(shape: Shape, done: () => boolean, signal: AbortSignal): Promise<Response | null> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(SNAPSHOT_WAIT_MS)]);
  await shape.changed.until(() => shape.state === 'dropped' || done(), patience);
  if (shape.failure) throw shape.failure;
  if (shape.state === 'dropped') return mustRefetch(null);
  return done() ? null : unavailable('The snapshot of the shape takes long; ask again.', 5);
}
