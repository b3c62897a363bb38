/**
 * Has programs end when we do, also when we are killed and can end nobody: Linux does that (PR_SET_PDEATHSIG), asked
 * by util-linux's `setpriv`, which becomes the program. Where there is none, programs run on to their own end.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { toolEnvironment } from '../config.ts';

const run = promisify(execFile);
const SETPRIV = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;
/** How `setpriv` says that there is no such program (exit status 127). */
const NOT_FOUND = /^setpriv: failed to execute .*: No such file or directory/;

let known: Promise<readonly string[]> | null = null;

/** What to put before a program and its arguments; nothing where that cannot be had. */
export function endingWithUs(): Promise<readonly string[]> {
  known ??= run(SETPRIV[0], [...SETPRIV.slice(1), 'true'], { env: toolEnvironment(), timeout: 10_000 }).then(
    () => SETPRIV,
    () => [],
  );
  return known;
}

/** Whether it was the wrapper that ended, for want of the program. */
export function isNotFound(code: number | null, words: string): boolean {
  return code === 127 && NOT_FOUND.test(words);
}
