/**
 * Allows one running product per data folder. The lock is a kernel file lock, taken through SQLite, which every Node
 * includes: it is atomic, is released when its process ends for any reason, and is not copied with the folder.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Locks the data folder for this process.
 *
 * @returns a function that releases the lock.
 * @throws Error when another running process holds the lock; a killed process no longer does.
 */
export function lockInstance(dataDir: string): () => void {
  try {
    // Private to us. When root runs this, the postgres account has to traverse the folder.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The data folder ${dataDir} cannot be created: ${message}. Set IHUB_DATA_DIR to another folder.`, {
      cause: error,
    });
  }
  const lock = tryLock(dataDir);
  if (lock === null) {
    throw new Error(
      `IngestHub is already running on ${dataDir} (process ${readPid(dataDir) ?? 'unknown'}). Stop it first, or set IHUB_DATA_DIR and IHUB_PORT.`,
    );
  }
  writeFileSync(pidFile(dataDir), String(process.pid), { mode: 0o600 });
  // All who may open the lock can hold it, and keep the product from starting: SQLite makes it readable for all.
  chmodSync(lockFile(dataDir), 0o600);
  return () => {
    rmSync(pidFile(dataDir), { force: true });
    lock.close();
  };
}

/** Returns the process that holds the data folder, or null. A stale or copied pid file does not count. */
export function runningInstance(dataDir: string): number | null {
  const lock = tryLock(dataDir);
  lock?.close();
  return lock === null ? readPid(dataDir) : null;
}

/** Returns null when another process holds the lock. */
function tryLock(dataDir: string): DatabaseSync | null {
  const file = lockFile(dataDir);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw new Error(`The data folder ${dataDir} cannot be locked: ${(error as Error).message}.`, { cause: error });
  }
}

const SQLITE_BUSY = 5;

function readPid(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile(dataDir), 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, 'launch.lock');
}

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'launch.pid');
}
