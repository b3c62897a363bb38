/** Threads that walk folders, kept for a while for the next walk: starting one takes longer than a small walk. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { WalkReply, WalkRequest } from './walk-thread.ts';

/** For drives that answer fast, by processors. */
const FAST_THREADS = Math.min(4, Math.max(2, availableParallelism()));
/** For those that keep each thread waiting. */
const MAX_THREADS = 8;
/** What an entry takes on a slow drive, in milliseconds; a local one answers within hundredths. */
const SLOW_MS = 0.2;
/** How long a walk is watched before it is judged: a thread that has just started is slow itself. */
const WATCHED_MS = 200;
/** What a walk takes at least, of one thread's time, for another thread to be worth its start. */
const LARGE_MS = 50;
const KEPT_MS = 20_000;

/** What a walk has taken until now, of all its threads. */
export interface WalkEffort {
  readonly milliseconds: number;
  /** Folders and files. */
  readonly entries: number;
}

/**
 * How many threads a walk is to have: one for a small walk, as many as there are processors for a large
 * one, more where they mostly wait.
 *
 * @param started threads that take no start any more.
 */
export function threadsFor({ milliseconds, entries }: WalkEffort, started: number): number {
  if (milliseconds > WATCHED_MS && milliseconds > entries * SLOW_MS) return MAX_THREADS;
  return milliseconds > LARGE_MS ? FAST_THREADS : Math.min(FAST_THREADS, Math.max(1, started));
}

interface WalkThread {
  readonly worker: Worker;
  /** Settles what it was asked for; null while it is idle. */
  waiting: PromiseWithResolvers<WalkReply> | null;
  /** Of the time that it is kept without work. */
  timer: NodeJS.Timeout | null;
}

const kept: WalkThread[] = [];

/** The threads of one walk. A drive that hangs keeps those of its own walk only. */
export class WalkThreads implements Disposable {
  readonly #threads: WalkThread[] = [];
  #effort: WalkEffort = { milliseconds: 0, entries: 0 };

  /** How many requests can be under way now. */
  get capacity(): number {
    return threadsFor(this.#effort, this.#threads.length + kept.length);
  }

  /** @throws when its thread has ended. No more than `capacity` at once. */
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
      // What a drive holds up cannot be ended, and is of use again when the drive lets go.
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
