/** A shape's log as server-sent events: each message one event, an up-to-date after every transaction. */
import type { LogSlice } from '../log/log-slice.ts';
import { splitMessages } from '../log/split-messages.ts';
import type { Shape } from '../shape.ts';
import type { ShapeRegistry } from '../shape-registry.ts';
import { upToDateMessage } from './messages.ts';
import { type LogOffset, laterLsn } from './offset.ts';

export interface EventStreamOptions {
  readonly shape: Shape;
  readonly registry: ShapeRegistry;
  readonly after: LogOffset;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const SLICE_BYTES = 1024 * 1024;

/** Reads on only as its own reader does. Ends after a while, or with a must-refetch. */
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
      // Read before the log is: it must not promise what the slice does not have.
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

/** @param after goes out in one piece with the last message. */
async function* sliceEvents(slice: LogSlice, after: Buffer): AsyncGenerator<Buffer> {
  // Blocks end anywhere: a message that does not end in one waits for the next.
  let rest: Buffer = NOTHING;
  let ready: Buffer[] = [];
  for await (const block of slice.blocks()) {
    if (ready.length > 0) yield Buffer.concat(ready);
    const messages = splitMessages(rest.length > 0 ? Buffer.concat([rest, block]) : block);
    rest = messages.pop() ?? NOTHING;
    ready = messages.flatMap((message) => [DATA, message, END]);
  }
  yield Buffer.concat([...ready, DATA, rest, END, after]);
}

function event(message: string): Buffer {
  return Buffer.from(`data: ${message}\n\n`);
}

const NOTHING = Buffer.alloc(0);
const DATA = Buffer.from('data: ');
const END = Buffer.from('\n\n');
