/**
 * Checks requests: small ones here, large ones in a thread of their own, one after the other. What a hostile body costs
 * in time and memory is then that thread's, and bounded.
 */
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { type CheckedRequest, checkRequest } from './check-request.ts';

/** Bytes; this many take some ten milliseconds. */
const SMALL = 512 * 1024;
const MOST_WAITING = 8;
const MEMORY_MB = 512;
/** Milliseconds; the largest request that is right takes one second. */
const PATIENCE_MS = 20_000;
/** Milliseconds after which a thread without work ends. */
const IDLE_MS = 60_000;
const PROGRAM = new URL('check-worker.ts', import.meta.url);

export interface RequestChecker {
  /** @returns null while too many wait. @throws when the check itself fails; the request may be sent again. */
  check(body: ArrayBuffer): Promise<CheckedRequest | null>;
}

export function createRequestChecker(): RequestChecker {
  const limit = pLimit(1);
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    void worker?.terminate();
    worker = null;
  }

  async function inWorker(body: ArrayBuffer): Promise<CheckedRequest> {
    clearTimeout(idle);
    worker ??= startWorker();
    try {
      return await answerOf(worker, body);
    } catch (error) {
      end();
      // Anything else is no fault of the request: it may be sent again.
      if (!isOutOfMemory(error)) throw error;
      const message = 'The request is more than the server can read; send fewer mutations at once.';
      return { status: 413, code: 'too_large', message };
    } finally {
      idle = setTimeout(end, IDLE_MS).unref();
    }
  }

  return {
    async check(body) {
      if (body.byteLength <= SMALL) return checkRequest(new Uint8Array(body));
      if (limit.pendingCount >= MOST_WAITING) return null;
      return limit(() => inWorker(body));
    },
  };
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function startWorker(): Worker {
  const worker = new Worker(PROGRAM, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  // What ends it between two requests shows in the next one.
  worker.on('error', () => {});
  worker.unref();
  return worker;
}

function answerOf(worker: Worker, body: ArrayBuffer): Promise<CheckedRequest> {
  return new Promise<CheckedRequest>((resolve, reject) => {
    const settled = new AbortController();
    const fail = (error: Error) => {
      settled.abort();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('The check takes too long.')), PATIENCE_MS);
    const onMessage = (answer: CheckedRequest) => {
      settled.abort();
      resolve(answer);
    };
    const onExit = () => fail(new Error('The thread has ended.'));
    worker.on('message', onMessage).on('error', fail).on('exit', onExit);
    settled.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit).off('error', fail);
    });
    worker.postMessage(new Uint8Array(body), [body]);
  });
}
