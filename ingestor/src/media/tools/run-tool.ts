/**
 * The only place where external programs run: argv arrays only, low priority, bounded memory, a timeout, an abort
 * signal, capped output. When a limit is exceeded, the whole process group is ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import type { Writable } from 'node:stream';
import { toolEnvironment } from '../../settings/config.ts';
import { isNotFound, wrapper } from './ends-with-us.ts';

export interface ToolOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Bytes of standard output that are kept; more ends the program. Default 1 MiB. */
  readonly maxOutput?: number;
  /** Receives standard output as it arrives; none of it is kept then. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Bytes for standard input, which is closed after the last. An error of the iterable ends the program. */
  readonly input?: AsyncIterable<Uint8Array>;
  readonly cwd?: string;
}

export interface ToolOutput {
  readonly stdout: Buffer;
  /** The last 4,000 characters of standard error. */
  readonly stderr: string;
}

/** `signal`: another process killed it, or it crashed. `memory`: it exceeded its memory limit. */
export type ToolFailureReason = 'missing' | 'exit' | 'signal' | 'timeout' | 'output' | 'memory';

/** A program that is missing, failed, or had to be ended. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly tool: string;
  readonly reason: ToolFailureReason;
  /** The program's last words verbatim; for a crash the signal's name, for `memory` the limit in bytes. */
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
/** Messages of ffmpeg, oiiotool and the C++ library when an allocation fails. */
const NO_MEMORY = /bad_alloc|Cannot allocate memory|Failed to allocate|out of memory|memory exhausted/i;

/** The C library's last words before it aborts. oiiotool's handler of that signal then waits for ever for the heap's lock. */
const ABORTING =
  /^(double free or corruption|corrupted |malloc(_consolidate)?\(\): |realloc\(\): |free\(\): |munmap_chunk\(\): |\*\*\* )/m;

/**
 * @throws ToolFailure when the program is missing, crashes, exits with a code other than 0, exceeds its memory limit,
 *   or is ended for its time or output.
 * @throws the signal's reason when it aborts, and errors of the input or of `onOutput`.
 */
export async function runTool(tool: string, args: readonly string[], options: ToolOptions): Promise<ToolOutput> {
  const { words, memory } = await wrapper();
  const [command = tool, ...before] = words;
  options.signal.throwIfAborted();
  const child = spawn(command, command === tool ? args : [...before, tool, ...args], {
    // A process group of its own, so that its children end with it.
    detached: true,
    env: toolEnvironment(),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  lowerPriority(child);

  let ending: { reason: ToolFailureReason } | { error: unknown } | null = null;
  const end = (why: NonNullable<typeof ending>) => {
    ending ??= why;
    killGroup(child);
  };
  const onAbort = () => end({ error: options.signal.reason });
  options.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end({ reason: 'timeout' }), options.timeoutMs);

  const output = keepOutput(child, options, end);
  const fed = feed(child, options.input, end);
  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    await fed;
    // Set by the callbacks above, which the compiler does not track.
    const ended = ending as { reason: ToolFailureReason } | { error: unknown } | null;
    const { stdout, stderr } = output();
    if (ended !== null && 'error' in ended) throw ended.error;
    if (ended?.reason === 'signal') throw new ToolFailure(tool, 'signal', `SIGABRT\n${stderr}`);
    if (ended !== null) throw new ToolFailure(tool, ended.reason, stderr);
    const failed = signal !== null || code !== 0;
    if (failed && memory !== null && NO_MEMORY.test(stderr || stdout.toString().slice(-MAX_WORDS)))
      throw new ToolFailure(tool, 'memory', String(memory));
    if (signal !== null) throw new ToolFailure(tool, 'signal', `${signal}\n${stderr}`.trim());
    if (isNotFound(code, stderr)) throw new ToolFailure(tool, 'missing', '');
    // oiiotool reports on standard output which files it failed on.
    if (code !== 0) throw new ToolFailure(tool, 'exit', stderr || stdout.toString().slice(-MAX_WORDS));
    return { stdout, stderr };
  } catch (error) {
    // A removed working folder fails the same way and reveals nothing about the program.
    const hasFolder = options.cwd === undefined || existsSync(options.cwd);
    if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT' && child.pid === undefined && hasFolder)
      throw new ToolFailure(tool, 'missing', '', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}

type End = (why: { reason: ToolFailureReason } | { error: unknown }) => void;

function keepOutput(child: ChildProcess, options: ToolOptions, end: End): () => ToolOutput {
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    if (options.onOutput !== undefined) {
      try {
        options.onOutput(chunk);
      } catch (error) {
        end({ error });
      }
      return;
    }
    size += chunk.length;
    if (size > (options.maxOutput ?? MAX_OUTPUT)) end({ reason: 'output' });
    else chunks.push(chunk);
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-MAX_WORDS);
    if (ABORTING.test(stderr)) end({ reason: 'signal' });
  });
  return () => ({ stdout: Buffer.concat(chunks), stderr });
}

/** Settles when the input is used up, or when the program stops reading it. */
async function feed({ stdin }: ChildProcess, input: ToolOptions['input'], end: End): Promise<void> {
  if (input === undefined || stdin === null) return;
  // A program that ends early closes its input; the reason why it ended is more useful than the broken pipe.
  stdin.on('error', () => {});
  try {
    for await (const chunk of input) {
      if (!stdin.writable) break;
      if (!stdin.write(chunk)) await drained(stdin);
    }
    stdin.end();
  } catch (error) {
    end({ error });
  }
}

function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stdin.off('drain', done).off('close', done);
      resolve();
    };
    stdin.on('drain', done).on('close', done);
  });
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
