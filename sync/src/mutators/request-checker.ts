/**
 * Checks requests: small ones here, large ones one at a time in a separate process. The time and memory that a hostile
 * body costs are then confined to that process, and bounded. A thread would not do: nothing can stop a thread in the
 * middle of `JSON.parse`, and one that runs out of memory there takes the server down with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { type CheckedRequest, checkRequest } from './check-request.ts';

/** Bytes; a body of this size takes about ten milliseconds. */
const SMALL = 512 * 1024;
/** Across all clients: until its body is read, a request cannot be attributed to one. */
const MOST_WAITING = 8;
const MEMORY_MB = 512;
/** Milliseconds; the largest valid request takes one second. */
const PATIENCE_MS = 20_000;
/** Milliseconds after which an idle process ends. */
const IDLE_MS = 60_000;
const PROGRAM = fileURLToPath(new URL('./check-process.ts', import.meta.url));
/** Exit codes and signals of a Node process that ran out of memory, by platform. */
const OUT_OF_MEMORY = new Set<string | number | null>(['SIGABRT', 'SIGTRAP', 'SIGILL', 133, 134]);

export interface RequestChecker {
  /** @returns null while too many requests wait. @throws when the check itself fails; the request may be sent again. */
  check(body: ArrayBuffer): Promise<CheckedRequest | null>;
}

/** @param limits megabytes and milliseconds available to one check. */
export function createRequestChecker({ memoryMb = MEMORY_MB, patienceMs = PATIENCE_MS } = {}): RequestChecker {
  const limit = pLimit(1);
  let checker: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    checker?.kill('SIGKILL');
    checker = null;
  }

  async function inProcess(body: ArrayBuffer): Promise<CheckedRequest> {
    clearTimeout(idle);
    checker ??= start(memoryMb);
    try {
      return await answerOf(checker, body, patienceMs);
    } catch (error) {
      end();
      // Any other failure is not the request's fault: it may be sent again.
      if (!(error instanceof OutOfMemory)) throw error;
      const message = 'The request is too large for the server to read. Send fewer mutations at once.';
      return { status: 413, code: 'too_large', message };
    } finally {
      idle = setTimeout(end, IDLE_MS).unref();
    }
  }

  return {
    async check(body) {
      if (body.byteLength <= SMALL) return checkRequest(new Uint8Array(body));
      if (limit.pendingCount >= MOST_WAITING) return null;
      return limit(() => inProcess(body));
    },
  };
}

class OutOfMemory extends Error {}

function start(memoryMb: number): ChildProcess {
  const checker = fork(PROGRAM, {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    serialization: 'advanced',
    // A dying process prints a hundred useless lines.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // An end between two requests surfaces in the next one.
  checker.on('error', () => {});
  checker.unref();
  checker.channel?.unref();
  return checker;
}

function answerOf(checker: ChildProcess, body: ArrayBuffer, patienceMs: number): Promise<CheckedRequest> {
  return new Promise<CheckedRequest>((resolve, reject) => {
    const settled = new AbortController();
    const fail = (error: Error) => {
      settled.abort();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('The check takes too long.')), patienceMs);
    const onMessage = (answer: unknown) => {
      settled.abort();
      resolve(answer as CheckedRequest);
    };
    const onExit = (code: number | null, signal: string | null) => {
      const isFull = OUT_OF_MEMORY.has(signal ?? code);
      fail(isFull ? new OutOfMemory() : new Error(`The checking process ended (${signal ?? code}).`));
    };
    checker.on('message', onMessage).on('error', fail).on('exit', onExit);
    settled.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      checker.off('message', onMessage).off('exit', onExit).off('error', fail);
    });
    // A send error means that the process has ended, which the exit handler reports.
    checker.send(new Uint8Array(body), () => {});
  });
}
