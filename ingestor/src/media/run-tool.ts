/**
 * The one place where external programs run: argv arrays only, low priority, a timeout, an abort
 * signal, capped output, and the whole process group ended when one of those strikes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { toolEnvironment } from '../config.ts';

export interface ToolOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Bytes of standard output that are kept; more ends the program. Default 1 MiB. */
  readonly maxOutput?: number;
  readonly cwd?: string;
}

export interface ToolOutput {
  readonly stdout: Buffer;
  /** The last 4,000 characters of standard error. */
  readonly stderr: string;
}

export type ToolFailureReason = 'missing' | 'exit' | 'timeout' | 'output';

/** A program that is not there, failed, or had to be ended. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly tool: string;
  readonly reason: ToolFailureReason;
  /** What the program said last, as it said it. */
  readonly lastWords: string;

  constructor(tool: string, reason: ToolFailureReason, lastWords: string, options?: ErrorOptions) {
    super(`${tool} failed (${reason}): ${lastWords}`, options);
    this.tool = tool;
    this.reason = reason;
    this.lastWords = lastWords;
  }
}

const MAX_OUTPUT = 1024 * 1024;
const MAX_WORDS = 4000;

/**
 * @throws ToolFailure when the program is missing, exits with another code than 0, or is ended for its time or output.
 * @throws the signal's reason when that ends it.
 */
export async function runTool(tool: string, args: readonly string[], options: ToolOptions): Promise<ToolOutput> {
  options.signal.throwIfAborted();
  const child = spawn(tool, args, {
    // Its own process group, so that its children end with it.
    detached: true,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  lowerPriority(child);

  let ending: ToolFailureReason | 'aborted' | null = null;
  const end = (why: ToolFailureReason | 'aborted') => {
    ending ??= why;
    killGroup(child);
  };
  const onAbort = () => end('aborted');
  options.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end('timeout'), options.timeoutMs);

  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > (options.maxOutput ?? MAX_OUTPUT)) end('output');
    else chunks.push(chunk);
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-MAX_WORDS);
  });

  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (ending === 'aborted') throw options.signal.reason;
    if (ending !== null) throw new ToolFailure(tool, ending, stderr);
    // oiiotool says on its standard output what it did wrong to some files.
    if (code !== 0) throw new ToolFailure(tool, 'exit', stderr || Buffer.concat(chunks).toString().slice(-MAX_WORDS));
    return { stdout: Buffer.concat(chunks), stderr };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ToolFailure(tool, 'missing', '', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}

function lowerPriority(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already.
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
