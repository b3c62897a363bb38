/**
 * Provides threads that walk folders, and keeps them for the next walk: starting one takes longer than a small walk.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { WalkReply, WalkRequest } from './walk-thread.ts';

/** Threads for fast drives, by processors. */
const FAST_THREADS = Math.min(4, Math.max(2, availableParallelism()));
/** Threads for drives that keep each one waiting. */
const MAX_THREADS = 8;
/** Milliseconds per entry on a slow drive; a local one answers within hundredths. */
const SLOW_MS = 0.2;
/** Time before a walk is judged: a thread that has just started is slow itself. */
const WATCHED_MS = 200;
/** Minimum thread time of a walk that makes another thread worth starting. */
const LARGE_MS = 50;
const KEPT_MS = 20_000;

/** Time spent on a walk so far, summed over its threads. */
export interface WalkEffort {
  readonly milliseconds: number;
  /** Folders and files. */
  readonly entries: number;
}

/**
 * Returns how many threads a walk should have: one for a small walk, as many as processors for a large one, and more
 * when they mostly wait.
 *
 * @param started threads that are already running.
 */
export function threadsFor({ milliseconds, entries }: WalkEffort, started: number): number {
  if (milliseconds > WATCHED_MS && milliseconds > entries * SLOW_MS) return MAX_THREADS;
  return milliseconds > LARGE_MS ? FAST_THREADS : Math.min(FAST_THREADS, Math.max(1, started));
}

interface WalkThread {
  readonly worker: Worker;
  /** Settles the current request; null while the thread is idle. */
  waiting: PromiseWithResolvers<WalkReply> | null;
  /** Ends the thread after some time without work. */
  timer: NodeJS.Timeout | null;
}

const kept: WalkThread[] = [];

/** The threads of one walk. A drive that hangs blocks only the threads of its own walk. */
export class WalkThreads implements Disposable {
  readonly #threads: WalkThread[] = [];
  #effort: WalkEffort = { milliseconds: 0, entries: 0 };

  /** The number of requests that may be in progress now. */
  get capacity(): number {
    return threadsFor(this.#effort, this.#threads.length + kept.length);
  }

  /** Sends a request; no more than `capacity` at once. @throws when the thread has ended. */
  async ask(request: WalkRequest): Promise<WalkReply> {
    let thread = this.#threads.find(({ waiting }) => waiting === null);
    if (!thread) {
      thread = takeThread();
      this.#threads.push(thread);
    }
    thread.waiting = Promise.withResolvers<WalkReply>();
    thread.worker.postMessage(request);
    const reply = await thread.waiting.promise;
    this.#effort = {
      milliseconds: this.#effort.milliseconds + reply.milliseconds,
      entries: this.#effort.entries + reply.entries,
    };
    return reply;
  }

  [Symbol.dispose](): void {
    for (const thread of this.#threads) {
      thread.worker.unref();
      // A thread that a drive blocks cannot be ended, but becomes usable again when the drive responds.
      if (thread.waiting === null) keep(thread);
      else
        thread.waiting.promise.then(
          () => keep(thread),
          () => {},
        );
    }
  }
}

function takeThread(): WalkThread {
  const last = kept.pop();
  if (last) {
    if (last.timer) clearTimeout(last.timer);
    last.worker.ref();
    return last;
  }
  const worker = new Worker(new URL('./walk-thread.ts', import.meta.url));
  const thread: WalkThread = { worker, waiting: null, timer: null };
  worker.on('message', (reply: WalkReply) => {
    const { waiting } = thread;
    thread.waiting = null;
    waiting?.resolve(reply);
  });
  worker.on('error', (error) => thread.waiting?.reject(error));
  worker.on('exit', () => {
    thread.waiting?.reject(new Error('a thread that walks folders has ended'));
    const index = kept.indexOf(thread);
    if (index >= 0) kept.splice(index, 1);
  });
  return thread;
}

function keep(thread: WalkThread): void {
  thread.timer = setTimeout(() => {
    kept.splice(kept.indexOf(thread), 1);
    void thread.worker.terminate();
  }, KEPT_MS).unref();
  kept.push(thread);
}
