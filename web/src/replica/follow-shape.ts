/** One shape, followed through the official client. */
import { ShapeStream } from '@electric-sql/client';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/shapes.ts';
import { createResponseBodies } from './response-bodies.ts';
import { collectBatches, type ShapeBatch } from './shape-batch.ts';
import { createShapeFetch, type ShapeFetchOptions } from './shape-fetch.ts';
import type { ShapeState } from './shape-states.ts';

export interface FollowShapeOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly reference: ShapeReference;
  /** Where to go on. */
  readonly state: ShapeState;
  readonly fetch: Omit<ShapeFetchOptions, 'bodies' | 'onStart'>;
  /** The client reads the shape from its start, though it has been read before. */
  readonly onRefetch: () => Promise<void>;
  /** Takes the next batch; the stream goes on when it is applied. */
  readonly onBatch: (batch: ShapeBatch) => Promise<void>;
  /** A batch could not be applied; the stream has ended, so that nothing after it is. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export function followShape(options: FollowShapeOptions): void {
  const { reference, state } = options;
  const ended = new AbortController();
  const collector = collectBatches(reference);
  const bodies = createResponseBodies();
  const stream = new ShapeStream({
    url: `${options.server}/api/shapes/${formatShapeReference(reference)}`,
    ...(state.handle !== null && { offset: state.offset, handle: state.handle }),
    fetchClient: createShapeFetch({
      ...options.fetch,
      bodies,
      // On must-refetch, and when the client mistrusts what it got: of that it says nothing to subscribers.
      async onStart() {
        collector.reset();
        bodies.clear();
        await options.onRefetch();
      },
    }),
    // A held request is no stuck one.
    liveRequestTimeoutMs: false,
    warnOnHttp: false,
    onError: () => ({}),
    signal: AbortSignal.any([options.signal, ended.signal]),
  });

  stream.subscribe(async (messages) => {
    // The client delivers on after an error, and would step over the batch that failed.
    if (ended.signal.aborted || options.signal.aborted) return;
    try {
      if (messages.some(({ headers }) => headers['control'] === 'must-refetch')) return;
      const handle = stream.shapeHandle;
      if (handle === undefined) throw new Error(`${formatShapeReference(reference)} came without a handle.`);
      const batch = collector.add(bodies.take(messages), { offset: stream.lastOffset, handle });
      if (batch) await options.onBatch(batch);
    } catch (error) {
      ended.abort();
      options.onError(error);
    }
  });
}
