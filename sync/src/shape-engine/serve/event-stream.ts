/** Streams a shape's log as server-sent events: one event per message, and an up-to-date after every transaction. */
import type { LogSlice } from '../log/log-slice.ts';
import { boundaryAcross, nextBoundary } from '../log/split-messages.ts';
import { SharedPieces } from '../protocol/shared-pieces.ts';
import type { Shape } from '../shapes/shape.ts';
import type { ShapeRegistry } from '../shapes/shape-registry.ts';
import { upToDateMessage } from '../wire/messages.ts';
import { type LogOffset, laterLsn } from '../wire/offset.ts';

export interface EventStreamOptions {
  readonly shape: Shape;
  readonly registry: ShapeRegistry;
  readonly after: LogOffset;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

const SLICE_BYTES = 1024 * 1024;
const PIECE_BYTES = 32 * 1024;
/** Has room for several transactions. */
const shared = new SharedPieces(4 * 1024 * 1024);

/** Reads only as fast as its reader. The stream ends after a while, or with a must-refetch. */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  const events = shapeEvents({ ...options, signal: AbortSignal.any([options.signal, gone.signal]) });
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await events.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        gone.abort();
        await events.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* shapeEvents({ shape, registry, after, signal }: EventStreamOptions): AsyncGenerator<Uint8Array> {
  const { eventStreamMs, keepAliveMs } = registry.limits;
  const end = performance.now() + eventStreamMs;
  let at = after;
  shape.enter();
  try {
    while (!signal.aborted && performance.now() < end) {
      // Read before the log, so that it never promises more than the slice contains.
      const seen = registry.lastSeenLsn;
      const slice = shape.state === 'dropped' ? null : shape.log.read(at, SLICE_BYTES);
      if (!slice) {
        yield event('{"headers":{"control":"must-refetch"}}');
        return;
      }
      at = slice.end;
      if (slice.bytes > 0) {
        yield* sliceEvents(slice, slice.complete ? event(upToDateMessage(laterLsn(seen, at.lsn))) : NOTHING);
      } else {
        const patience = Math.min(keepAliveMs, end - performance.now());
        const moved = await shape.changed.until(() => shape.hasNews(at), signal, patience);
        if (!moved && !signal.aborted) yield Buffer.from(': keep-alive\n\n');
      }
    }
  } finally {
    shape.leave();
  }
}

/**
 * Yields a slice's events in pieces. A thousand readers may wait for the same transaction, so its pieces are shared like
 * the blocks they are built from, and a slow reader holds one of each.
 *
 * @param after sent in one piece with the last message.
 */
export async function* sliceEvents(slice: LogSlice, after: Buffer): AsyncGenerator<Buffer> {
  const piece = new Piece(slice.id);
  // Blocks end anywhere: an incomplete message continues in the next block.
  let rest: Buffer = NOTHING;
  for await (const block of slice.blocks()) {
    let start = 0;
    while (rest.length > 0 || start < block.length) {
      const text = rest.length > 0 ? rest : block;
      const comma = text === rest ? boundaryAcross(rest, block) : nextBoundary(block, start);
      if (comma === -1) break;
      if (text === block) {
        piece.add(block, start, comma);
        start = comma + 1;
      } else {
        const seam = comma > rest.length ? Buffer.concat([rest, block.subarray(0, comma - rest.length)]) : rest;
        piece.add(seam, 0, comma);
        start = Math.max(0, comma + 1 - rest.length);
        rest = rest.subarray(comma + 1);
      }
      if (piece.isFull) yield piece.take();
    }
    rest = rest.length > 0 ? Buffer.concat([rest, block.subarray(start)]) : block.subarray(start);
  }
  piece.add(rest, 0, rest.length);
  yield piece.take(after);
}

/** Events sent together. Records only where the messages are: usually another reader has already joined them. */
class Piece {
  readonly #slice: string;
  #number = 0;
  #sources: Buffer[] = [];
  /** Start and end of the message in each source. */
  #places: number[] = [];
  #bytes = 0;

  /** @param slice identifies the slice that the pieces are built from. */
  constructor(slice: string) {
    this.#slice = slice;
  }

  get isFull(): boolean {
    return this.#bytes >= PIECE_BYTES;
  }

  /** Adds a message, given as a range of the source. */
  add(source: Buffer, start: number, end: number): void {
    this.#sources.push(source);
    this.#places.push(start, end);
    this.#bytes += end - start;
  }

  take(after: Buffer = NOTHING): Buffer {
    const key = `${this.#slice} ${this.#number++} ${after.toString('latin1')}`;
    const taken = shared.get(key, () => this.#joined(after));
    this.#sources = [];
    this.#places = [];
    this.#bytes = 0;
    return taken;
  }

  #joined(after: Buffer): Buffer {
    const messages = this.#sources.flatMap((source, index) => [
      DATA,
      source.subarray(this.#places[2 * index], this.#places[2 * index + 1]),
      END,
    ]);
    return Buffer.concat([...messages, after]);
  }
}

function event(message: string): Buffer {
  return Buffer.from(`data: ${message}\n\n`);
}

const NOTHING = Buffer.alloc(0);
const DATA = Buffer.from('data: ');
const END = Buffer.from('\n\n');
