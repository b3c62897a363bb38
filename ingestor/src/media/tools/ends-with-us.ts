/**
 * Makes programs end with this process, even when it is killed: util-linux's `setpriv`, which becomes the program,
 * requests this from Linux (PR_SET_PDEATHSIG). Without `setpriv`, programs run to their own end. `prlimit` likewise
 * limits the memory that a program can allocate (RLIMIT_DATA).
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { toolEnvironment, toolMemory } from '../../settings/config.ts';

const run = promisify(execFile);
/** The wrappers' message when the program does not exist (exit status 127). */
const NOT_FOUND = /^(?:setpriv|prlimit): failed to execute .*: No such file or directory/;

export interface Wrapper {
  /** The words to put before a program and its arguments; empty where no wrapper is available. */
  readonly words: readonly string[];
  /** Bytes that the program can allocate; null when unlimited. */
  readonly memory: number | null;
}

let known: Promise<Wrapper> | null = null;

/** Finds the wrapper once; it is the same for every program. */
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

/** Returns true when the wrapper failed because the program does not exist. */
export function isNotFound(code: number | null, words: string): boolean {
  return code === 127 && NOT_FOUND.test(words);
}
