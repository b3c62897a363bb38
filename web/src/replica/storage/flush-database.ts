/** Brings what was committed to the device's disk, before anything is said about it. */
import type { PGlite } from '@electric-sql/pglite';
import type { DeviceRoom } from './device-room.ts';
import { databaseFailure, FlushFailedError } from './storage-errors.ts';

/**
 * Flushes the database's files. PGlite does not do so after a transaction; within `runExclusive` no other
 * flush is under way, which this one would take for its own.
 *
 * @throws FlushFailedError when it is not known what reached the disk.
 */
export async function flushDatabase(database: PGlite): Promise<void> {
  try {
    await database.runExclusive(() => database.syncToFs());
  } catch (error) {
    if (databaseFailure(error) === 'full') throw error;
    throw new FlushFailedError({ cause: error });
  }
}

/**
 * As {@link flushDatabase}; on a full device it waits for room. The transaction is committed and cannot be
 * taken back, so its caller waits as well: "failed" would be wrong.
 *
 * @param onError told of each failure.
 */
export async function flushWhenRoom(
  database: PGlite,
  room: Pick<DeviceRoom, 'ranOut' | 'wait'>,
  onError: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    try {
      await flushDatabase(database);
      return;
    } catch (error) {
      onError(error);
      if (error instanceof FlushFailedError) throw error;
      room.ranOut();
      await room.wait();
    }
  }
}
