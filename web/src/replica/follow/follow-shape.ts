/** Follows one shape through the official client. */
import { ShapeStream } from '@electric-sql/client';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import { collectBatches, type ShapeBatch } from '../model/shape-batch.ts';
import type { ShapeState } from '../model/shape-states.ts';
import { createResponseBodies } from '../network/response-bodies.ts';
import { createShapeFetch, type ShapeFetchOptions } from './shape-fetch.ts';

export interface FollowShapeOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly reference: ShapeReference;
  /** The position to continue from. */
  readonly state: ShapeState;
  readonly fetch: Omit<ShapeFetchOptions, 'bodies' | 'onStart'>;
  /** The client is about to read a known shape from its start. */
  readonly onRefetch: () => Promise<void>;
  /** Applies the next batch; the stream continues when this resolves. */
  readonly onBatch: (batch: ShapeBatch) => Promise<void>;
  /** A batch could not be applied; the stream has ended, so no later batch is applied either. */
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
      // Runs on must-refetch, and when the client discards a response it distrusts without notifying subscribers.
      async onStart() {
        collector.reset();
        bodies.clear();
        await options.onRefetch();
      },
    }),
    // The live gate holds requests for as long as a shape does not move: they are not stuck.
    liveRequestTimeoutMs: false,
    warnOnHttp: false,
    onError: () => ({}),
    signal: AbortSignal.any([options.signal, ended.signal]),
  });

  stream.subscribe(async (messages) => {
    // The client keeps delivering after an error and would skip the failed batch.
    if (ended.signal.aborted || options.signal.aborted) return;
    try {
      if (messages.some(({ headers }) => headers['control'] === 'must-refetch')) return;
      const handle = stream.shapeHandle;
      if (handle === undefined) throw new Error(`${formatShapeReference(reference)} arrived without a handle.`);
      const batch = collector.add(bodies.take(messages), { offset: stream.lastOffset, handle });
      if (batch) await options.onBatch(batch);
    } catch (error) {
      ended.abort();
      options.onError(error);
    }
  });
}
