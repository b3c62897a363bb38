/** Flushes commits to the device's disk before they are announced. */
import type { PGlite } from '@electric-sql/pglite';
import type { DeviceRoom } from './device-room.ts';
import { databaseFailure, FlushFailedError } from './storage-errors.ts';

/**
 * Flushes the database's files, which PGlite does not do after a transaction. Within `runExclusive` no other
 * flush can be under way, which this call would mistake for its own.
 *
 * @throws FlushFailedError when it is unknown how much reached the disk.
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
 * Flushes like {@link flushDatabase}, but waits for room on a full device. The transaction is committed and cannot be
 * rolled back, so the caller has to wait: reporting a failure would be wrong.
 *
 * @param onError receives each failure.
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
