/** Why a replica cannot be opened or written, where that makes a difference. */
import { FileError } from './file-tree.ts';

/** There is no room on the device; what is there can be read. */
export class DeviceFullError extends Error {
  override readonly name = 'DeviceFullError';

  constructor(options?: ErrorOptions) {
    super(
      'This device has no room left for changes, and this one was not made. Delete files on it, or pictures that are kept offline, and make the change again.',
      options,
    );
  }
}

/** A newer version of the app has made the replica: this one must not touch it. */
export class NewerReplicaError extends Error {
  override readonly name = 'NewerReplicaError';

  constructor() {
    super('A newer version of IngestHub has been used in this browser: reload this page.');
  }
}

/**
 * The device did not say whether it has stored what was committed. Only opening the database again tells,
 * so whoever asked for the change is not answered, and asks the next leader under the same id.
 */
export class FlushFailedError extends Error {
  override readonly name = 'FlushFailedError';

  constructor(options?: ErrorOptions) {
    super('This device could not store the library’s changes; the library is opened again.', options);
  }
}

/** The database's files do not open. */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError';
}

/**
 * What an error of a query says of the database itself; null: nothing.
 * `full`: no room for the statement, which has changed nothing, or for a flush, which may be tried again. `damaged`: what is stored is not what was
 * written. `dead`: the program has ended; what was committed is there when it is opened again.
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
