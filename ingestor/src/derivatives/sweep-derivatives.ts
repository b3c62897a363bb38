/**
 * Removes derivatives that no asset names any more. Two races must not lose a file: an asset names its key again, which
 * is checked once more just before removal, or a job finds the file and is about to name it. Such a job touches the
 * file first. The sweep therefore moves the file away before it checks the time: a touch came either before, and shows,
 * or after, and finds no file.
 */
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath, isDerivativeKey } from '@ingesthub/schema/library/derivatives.ts';
import type { Sql } from '../sql/client.ts';
import { tryHostLock, withSweepLock } from '../sql/host-lock.ts';
import { namedKeysFrom, namedOf } from '../sql/named-derivatives.ts';
import { findDerivatives, type StoredDerivative } from './find-derivatives.ts';

export interface SweepOptions {
  readonly sql: Sql;
  /** The derivative folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Younger files stay, in milliseconds: their jobs have not recorded them yet. Default: a day. */
  readonly minAge?: number;
  /** Removes the oldest files until this many bytes are gone. Default: all. */
  readonly atMost?: number;
  /** Reports without removing anything. */
  readonly dryRun?: boolean;
}

export interface Sweep {
  /** The number of files that were, or would be, removed. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes of all derivatives that remain. */
  readonly kept: number;
}

const SWEEP_AGE_MS = 24 * 3600 * 1000;
/** A folder below the derivative folder; jobs make derivatives in `.making-<host>`. */
const AWAY = '.sweeping';
const MAKING = '.making-';
/** Files that are looked up together before they are removed. */
const BATCH = 2000;

/** @returns null when another host is sweeping. @throws the signal's reason, or errors of Postgres or the disk. */
export async function sweepDerivatives(options: SweepOptions): Promise<Sweep | null> {
  return withSweepLock(options.sql, (locks) => sweep(options, locks));
}

async function sweep(options: SweepOptions, locks: Sql): Promise<Sweep> {
  const { sql, folder, signal, minAge = SWEEP_AGE_MS, atMost = Number.POSITIVE_INFINITY, dryRun = false } = options;
  const limit = Date.now() - minAge;
  if (!dryRun) await removeLitter(folder, limit, locks);
  const { orphans, total } = await findOrphans(sql, folder, limit, signal);
  orphans.sort((a, b) => a.usedAt - b.usedAt);
  let [files, bytes] = [0, 0];
  for (let start = 0; start < orphans.length && bytes < atMost; start += BATCH) {
    signal.throwIfAborted();
    const batch = orphans.slice(start, start + BATCH);
    const named = await namedOf(
      sql,
      batch.map(({ key }) => key),
    );
    for (const { key, size } of batch) {
      if (bytes >= atMost || named.has(key)) continue;
      if (!dryRun && !(await remove(folder, key, limit))) continue;
      files += 1;
      bytes += size;
    }
  }
  return { files, bytes, kept: total - (dryRun ? 0 : bytes) };
}

async function findOrphans(
  sql: Sql,
  folder: string,
  limit: number,
  signal: AbortSignal,
): Promise<{ orphans: StoredDerivative[]; total: number }> {
  const orphans: StoredDerivative[] = [];
  let total = 0;
  // Grouped by first digit, so that only a sixteenth of all names is in memory.
  let [digit, named] = ['', new Set<string>()];
  for await (const shelf of findDerivatives(folder, signal)) {
    for (const file of shelf) {
      total += file.size;
      if (file.usedAt >= limit) continue;
      const first = file.key.slice(0, 1);
      if (first !== digit) [digit, named] = [first, await namedKeysFrom(sql, first)];
      if (!named.has(file.key)) orphans.push(file);
    }
  }
  return { orphans, total };
}

/** @returns false when the file is in use again, or gone. */
async function remove(folder: string, key: string, limit: number): Promise<boolean> {
  const place = path.join(folder, derivativePath(key));
  const away = path.join(folder, AWAY, key);
  await mkdir(path.dirname(away), { recursive: true });
  const isThere = await rename(place, away).then(() => true, isGone);
  if (!isThere) return false;
  const { mtimeMs } = await lstat(away);
  // A job that touched the file is about to name it. If that job has made the file again, both are the same.
  const isWanted = mtimeMs >= limit;
  await (isWanted ? rename(away, place) : rm(away));
  return !isWanted;
}

/** Removes the leftovers of killed sweeps and of dead ingestors. */
async function removeLitter(folder: string, limit: number, locks: Sql): Promise<void> {
  for (const name of await readdir(folder)) {
    const place = path.join(folder, name);
    if (name === AWAY) await putBack(folder, place);
    if (!name.startsWith(MAKING) || (await lstat(place)).mtimeMs >= limit) continue;
    // If the lock is free, no ingestor works there.
    const unlock = await tryHostLock(locks, name.slice(MAKING.length));
    if (unlock === null) continue;
    await rm(place, { recursive: true, force: true }).finally(unlock);
  }
}

/** Restores the files: the killed sweep had not yet decided about them. */
async function putBack(folder: string, away: string): Promise<void> {
  for (const key of await readdir(away)) {
    if (isDerivativeKey(key)) await rename(path.join(away, key), path.join(folder, derivativePath(key)));
  }
}

function isGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
