/**
 * Finds derivatives that rows name but that are not on disk: deleted by a clean-up, missing from a restored folder, or
 * empty after a power cut, which may keep a file's name and lose its bytes. A file is placed before a row names it, so
 * a file that is missing after its row was read is really gone.
 */
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { type Sql, transaction } from '../sql/client.ts';
import {
  type DerivativesOf,
  makeAgain,
  type NamedDerivative,
  namedDerivatives,
  requestWork,
} from '../sql/lost-derivatives.ts';

interface LostDerivatives {
  readonly lost: readonly NamedDerivative[];
  /** The number of derivatives that were checked. */
  readonly named: number;
}

export interface LostOptions {
  readonly sql: Sql;
  /** The derivative folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The most assets that one transaction resets. */
const BATCH = 2000;
/** Files to stat at once: each call to a NAS takes a while. */
const SIDE_BY_SIDE = 16;
/** Above this share the folder is probably away, for instance not mounted. */
const MAX_LOST_SHARE = 0.5;
/** Advice when too much is lost to reset anything. */
export const REMAKE_ADVICE =
  'mount the derivative folder, or check PROXY_DIR; if the derivatives were deleted on purpose, ihub rescan regenerates them';
/** A smaller number may be lost entirely. */
const GUARDED = 20;

/** @throws the signal's reason, or the system's error when the folder cannot be read. */
export async function findLost(of: DerivativesOf, { sql, folder, signal }: LostOptions): Promise<LostDerivatives> {
  await readdir(folder);
  const lost: NamedDerivative[] = [];
  let named = 0;
  for await (const batch of namedDerivatives(sql, of)) {
    named += batch.length;
    const waiting = batch.values();
    const look = async () => {
      for (const each of waiting) {
        signal.throwIfAborted();
        if (await isGone(path.join(folder, derivativePath(each.key)))) lost.push(each);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, look));
  }
  return { lost, named };
}

/** Whether so much is lost that the folder is more likely away than cleaned up. */
export function looksAway({ lost, named }: LostDerivatives): boolean {
  return lost.length >= GUARDED && lost.length > named * MAX_LOST_SHARE;
}

/** Resets lost derivatives to pending. @returns the packages that now have work. */
export async function setBack(
  lost: readonly NamedDerivative[],
  { sql, signal }: Pick<LostOptions, 'sql' | 'signal'>,
): Promise<Set<string>> {
  const packages = new Set<string>();
  for (let start = 0; start < lost.length; start += BATCH) {
    signal.throwIfAborted();
    const some = await transaction(sql, (session) => makeAgain(session, lost.slice(start, start + BATCH)));
    for (const id of some) packages.add(id);
  }
  return packages;
}

/** Resets lost derivatives, and requests their work. */
export async function makeLostAgain(
  lost: readonly NamedDerivative[],
  options: Pick<LostOptions, 'sql' | 'signal'>,
): Promise<void> {
  const packages = await setBack(lost, options);
  if (packages.size > 0) await transaction(options.sql, (session) => requestWork(session, packages));
}

/** Whether the file is missing or empty. Other errors, such as those of a failing drive, do not prove a loss. */
async function isGone(file: string): Promise<boolean> {
  return lstat(file).then(
    ({ size }) => size === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
