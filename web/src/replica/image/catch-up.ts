/** Reads shapes up to the server's current position, then stops following them. */
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import pLimit from 'p-limit';
import { followShape } from '../follow/follow-shape.ts';
import { createLiveGate } from '../follow/live-gate.ts';
import { newShape } from '../model/shape-states.ts';
import { createConnection } from '../network/connection.ts';
import type { Writer } from '../write/writer.ts';

const FETCHES_AT_A_TIME = 2;

export interface CatchUpOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly writer: Writer;
  readonly signal: AbortSignal;
}

/** @returns how many rows and changes arrived. @throws when any could not be applied, or the signal aborts. */
export async function catchUp(references: readonly ShapeReference[], options: CatchUpOptions): Promise<number> {
  const { server, writer } = options;
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  const connection = createConnection(() => {});
  const limit = pLimit(FETCHES_AT_A_TIME);
  // Without a doorbell, the gate holds every shape that is up to date.
  const gate = createLiveGate();
  let changes = 0;

  const follow = (reference: ShapeReference) => {
    const text = formatShapeReference(reference);
    const upToDate = Promise.withResolvers<void>();
    const nothing = () => {};
    signal.addEventListener('abort', () => upToDate.reject(signal.reason), { once: true });
    followShape({
      server,
      reference,
      state: writer.shapes.get(text) ?? newShape,
      fetch: {
        reference: text,
        fetch,
        gate,
        connection,
        limit,
        onHold: nothing,
        onRelease: nothing,
        onFailure: nothing,
      },
      async onBatch(batch) {
        await writer.apply([batch]);
        changes += batch.changes.length;
        if (batch.upToDateLsn !== null) upToDate.resolve();
      },
      async onRefetch() {
        if ((writer.shapes.get(text) ?? newShape).offset !== '-1') await writer.refetch(reference);
      },
      onError: upToDate.reject,
      signal,
    });
    return upToDate.promise;
  };

  try {
    await Promise.all(references.map(follow));
    return changes;
  } finally {
    done.abort();
    await writer.idle();
  }
}
