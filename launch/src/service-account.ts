/** Finds the account that runs Postgres: our own or, because Postgres refuses to run as root, `postgres`. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NAME = 'postgres';

/** Spawn options for the account; empty for our own. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** @throws Error when we are root and the account cannot be created. */
export async function serviceAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const existing = await ids();
  if (existing) return existing;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]).catch(
    (error: Error) => {
      throw new Error(
        `Postgres refuses to run as root, and the account "${NAME}" could not be created: ${error.message}`,
        { cause: error },
      );
    },
  );
  const made = await ids();
  if (!made)
    throw new Error(
      `Postgres refuses to run as root, and the account "${NAME}" could not be found after its creation.`,
    );
  return made;
}

async function ids(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** Returns whether the account can traverse every existing folder on the way to a path. */
export async function reachableBy(account: Account, target: string): Promise<boolean> {
  if (account.uid === undefined) return true;
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) {
      const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0;
      if (((found.mode >> shift) & 0o1) === 0) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}
