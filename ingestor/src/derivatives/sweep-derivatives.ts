/**
 * Removes derivatives that no asset names any more. Two things may happen meanwhile, and neither loses one: an asset
 * names the key again (looked up again just before), or a job finds the file and is about to name it. Such a job has
 * touched the file: it is put out of the way first and looked at then, so that a touch came before, and shows, or comes
 * after, and finds nothing.
 */
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath, isDerivativeKey } from '@ingesthub/schema/derivatives.ts';
import type { Sql } from '../sql/client.ts';
import { tryHostLock, withSweepLock } from '../sql/host-lock.ts';
import { namedKeysFrom, namedOf } from '../sql/named-derivatives.ts';
import { findDerivatives, type StoredDerivative } from './find-derivatives.ts';

export interface SweepOptions {
  readonly sql: Sql;
  /** The derivative folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Younger ones stay, in milliseconds: their jobs have not told of them yet. Default: a day. */
  readonly minAge?: number;
  /** Removes the oldest ones until so many bytes are gone. Default: all. */
  readonly atMost?: number;
  /** Only tells. */
  readonly dryRun?: boolean;
}

export interface Sweep {
  /** What was removed, or would be. */
  readonly files: number;
  readonly bytes: number;
  /** Bytes of all derivatives, without what was removed. */
  readonly kept: number;
}

const SWEEP_AGE_MS = 24 * 3600 * 1000;
/** Below the derivative folder; jobs make derivatives in `.making-<host>`. */
const AWAY = '.sweeping';
const MAKING = '.making-';
/** Files that are looked up at once before they go. */
const BATCH = 2000;

/** @returns null: another host is at it. @throws the signal's reason, or what Postgres or the disk says. */
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
  // By the first digit: a sixteenth of all names is held at a time.
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

/** @returns false: it is in use again, or gone. */
async function remove(folder: string, key: string, limit: number): Promise<boolean> {
  const place = path.join(folder, derivativePath(key));
  const away = path.join(folder, AWAY, key);
  await mkdir(path.dirname(away), { recursive: true });
  const isThere = await rename(place, away).then(() => true, isGone);
  if (!isThere) return false;
  const { mtimeMs } = await lstat(away);
  // Who has touched it means to name it. Had they made it again there, it would be the same.
  const isWanted = mtimeMs >= limit;
  await (isWanted ? rename(away, place) : rm(away));
  return !isWanted;
}

/** What killed sweeps and ingestors that are no more have left. */
async function removeLitter(folder: string, limit: number, locks: Sql): Promise<void> {
  for (const name of await readdir(folder)) {
    const place = path.join(folder, name);
    if (name === AWAY) await putBack(folder, place);
    if (!name.startsWith(MAKING) || (await lstat(place)).mtimeMs >= limit) continue;
    // While its lock can be had, nobody works there.
    const unlock = await tryHostLock(locks, name.slice(MAKING.length));
    if (unlock === null) continue;
    await rm(place, { recursive: true, force: true }).finally(unlock);
  }
}

/** Whether they are wanted was not known yet. */
async function putBack(folder: string, away: string): Promise<void> {
  for (const key of await readdir(away)) {
    if (isDerivativeKey(key)) await rename(path.join(away, key), path.join(folder, derivativePath(key)));
  }
}

function isGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
