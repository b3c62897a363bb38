/**
 * One running product per data folder. The lock is the kernel's, by way of SQLite, which every Node has: it is taken in
 * one step, goes with the process that holds it, however that ends, and is not copied with the folder.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the data folder for this process.
 *
 * @returns gives it back.
 * @throws Error when another running process has it; one that was killed does not.
 */
export function lockInstance(dataDir: string): () => void {
  try {
    // For us alone; where root runs this, Postgres' own account has to walk through.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The data folder ${dataDir} cannot be made: ${message}. Set IHUB_DATA_DIR to another place.`, {
      cause: error,
    });
  }
  const lock = tryLock(dataDir);
  if (lock === null) {
    throw new Error(
      `IngestHub already runs on ${dataDir} (process ${readPid(dataDir) ?? 'unknown'}); stop it first, or set IHUB_DATA_DIR and IHUB_PORT.`,
    );
  }
  writeFileSync(pidFile(dataDir), String(process.pid), { mode: 0o600 });
  return () => {
    rmSync(pidFile(dataDir), { force: true });
    lock.close();
  };
}

/** The process that has the data folder; null: none has. A number left behind, or copied from another folder, is none. */
export function runningInstance(dataDir: string): number | null {
  const lock = tryLock(dataDir);
  lock?.close();
  return lock === null ? readPid(dataDir) : null;
}

/** Null: another process has it. */
function tryLock(dataDir: string): DatabaseSync | null {
  const file = path.join(dataDir, 'launch.lock');
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

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'launch.pid');
}
