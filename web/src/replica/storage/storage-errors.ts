/** The errors of opening or writing a replica that callers handle differently. */
import { FileError } from './file-tree.ts';

/** The device has no room; existing data can still be read. */
export class DeviceFullError extends Error {
  override readonly name = 'DeviceFullError';

  constructor(options?: ErrorOptions) {
    super(
      'This device has no room left for changes, so this change was not made. Free some space or remove pictures kept offline, then try again.',
      options,
    );
  }
}

/** A newer version of the app created the replica; this version must not touch it. */
export class NewerReplicaError extends Error {
  override readonly name = 'NewerReplicaError';

  constructor() {
    super('A newer version of IngestHub has been used in this browser. To switch to it, reload this page.');
  }
}

/**
 * The device did not confirm that it stored a commit. Only reopening the database shows whether it did, so the tab
 * that asked for the change gets no answer and asks the next leader under the same id.
 */
export class FlushFailedError extends Error {
  override readonly name = 'FlushFailedError';

  constructor(options?: ErrorOptions) {
    super('This device could not store the latest changes. The library is being reopened.', options);
  }
}

/** The database's files cannot be opened. */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError';
}

/**
 * Classifies a query's error by the state of the database; null: the database is fine.
 *
 * `full`: there was no room for the statement, which has changed nothing, or for a flush, which may be retried.
 * `damaged`: the stored data is not the data that was written.
 * `dead`: the program has ended; commits are still there when the database is reopened.
 */
export function databaseFailure(error: unknown): 'full' | 'damaged' | 'dead' | null {
  if (!(error instanceof Error)) return null;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  if (severity === 'PANIC' || severity === 'FATAL' || error instanceof WebAssembly.RuntimeError) return 'dead';
  if (error instanceof FlushFailedError) return 'dead';
  if (error instanceof DeviceFullError || code === DISK_FULL || isNoRoom(error)) return 'full';
  if (code === DATA_CORRUPTED || code === INDEX_CORRUPTED) return 'damaged';
  return null;
}

function isNoRoom(error: Error): boolean {
  return error instanceof FileError ? error.isNoRoom : error.name === 'QuotaExceededError';
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const DISK_FULL = '53100';
const DATA_CORRUPTED = 'XX001';
const INDEX_CORRUPTED = 'XX002';
