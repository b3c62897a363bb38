/** Wraps a writer to refuse new changes while the device is full. */

import type { DeviceRoom } from '../storage/device-room.ts';
import { DeviceFullError, databaseFailure } from '../storage/storage-errors.ts';
import type { Writer } from '../write/writer.ts';

export function guardWriter(writer: Writer, room: DeviceRoom): Writer {
  async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (databaseFailure(error) !== 'full') throw error;
      room.ranOut();
      throw new DeviceFullError({ cause: error });
    }
  }
  /** Fails at once on a full device, for actions whose user is waiting. */
  const asked = <Result>(work: () => Promise<Result>): Promise<Result> =>
    guarded(async () => {
      room.demand();
      return work();
    });

  /** Waits for room instead of failing: the server delivers rows only once. */
  async function patient<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      await room.wait();
      try {
        return await guarded(work);
      } catch (error) {
        if (!(error instanceof DeviceFullError)) throw error;
      }
    }
  }

  return {
    get shapes() {
      return writer.shapes;
    },
    get pending() {
      return writer.pending;
    },
    get rejected() {
      return writer.rejected;
    },
    get undoable() {
      return writer.undoable;
    },
    apply: (batches) => patient(() => writer.apply(batches)),
    load: (rows) => patient(() => writer.load(rows)),
    begin: (reference) => guarded(() => writer.begin(reference)),
    refetch: (reference) => guarded(() => writer.refetch(reference)),
    drop: (references) => guarded(() => writer.drop(references)),
    mutate: (...mutation) => asked(() => writer.mutate(...mutation)),
    undo: (request) => asked(() => writer.undo(request)),
    redo: (request) => asked(() => writer.redo(request)),
    retryRejected: (id) => asked(() => writer.retryRejected(id)),
    split: (id) => guarded(() => writer.split(id)),
    reject: (errors) => guarded(() => writer.reject(errors)),
    discardRejected: (id) => guarded(() => writer.discardRejected(id)),
    writePositions: () => guarded(() => writer.writePositions()),
    idle: () => writer.idle(),
    between: writer.between,
  };
}
