/**
 * Has programs end when we do, also when we are killed and can end nobody: Linux does that (PR_SET_PDEATHSIG), asked
 * by util-linux's `setpriv`, which becomes the program. Where there is none, programs run on to their own end.
 * Likewise `prlimit` bounds the memory that a program can allocate (RLIMIT_DATA).
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { toolEnvironment, toolMemory } from '../../settings/config.ts';

const run = promisify(execFile);
/** How they say that there is no such program (exit status 127). */
const NOT_FOUND = /^(?:setpriv|prlimit): failed to execute .*: No such file or directory/;

export interface Wrapper {
  /** The words to put before a program and its arguments; none where nothing of it can be had. */
  readonly words: readonly string[];
  /** Bytes that the program can allocate; null: as many as there are. */
  readonly memory: number | null;
}

let known: Promise<Wrapper> | null = null;

/** The same for every program, found out once. */
export function wrapper(): Promise<Wrapper> {
  known ??= findWrapper(toolMemory());
  return known;
}

async function findWrapper(memory: number): Promise<Wrapper> {
  const [ending, limited] = await Promise.all([
    whereItWorks(['setpriv', '--pdeathsig', 'KILL', '--']),
    whereItWorks(['prlimit', `--data=${memory}`, '--']),
  ]);
  return { words: [...ending, ...limited], memory: limited.length > 0 ? memory : null };
}

async function whereItWorks([command = '', ...args]: readonly string[]): Promise<readonly string[]> {
  try {
    await run(command, [...args, 'true'], { env: toolEnvironment(), timeout: 10_000 });
    return [command, ...args];
  } catch {
    return [];
  }
}

/** Whether it was the wrapper that ended, for want of the program. */
export function isNotFound(code: number | null, words: string): boolean {
  return code === 127 && NOT_FOUND.test(words);
}
