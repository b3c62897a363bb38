/** The worker of this tab, in which the replica runs when this tab leads. It needs nothing else of the app. */
import type { RestartMessage } from './tab-messages.ts';

export interface ReplicaWorker {
  /** Of the replica within this origin: its channel's, its lock's and its storage's. */
  readonly name: string;
  /** Ends it for good. */
  end(): void;
}

const NAME = 'ingesthub-replica';
/** Milliseconds until a worker is asked for again that could not be fetched. */
const RETRY_MS = 5_000;

/** Starts it, and another one whenever it asks for that. */
export function startReplicaWorker(): ReplicaWorker {
  // Where tabs cannot agree on a leader (no Web Locks: not a secure origin), each has a replica of its own.
  const name = 'locks' in navigator ? NAME : `${NAME}-${Math.random().toString(36).slice(2)}`;
  let ended = false;
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
    const restart = () => {
      started.terminate();
      if (!ended) worker = start();
    };
    started.onmessage = (_: MessageEvent<RestartMessage>) => restart();
    started.onerror = (event) => {
      // Its program could not be fetched; an error in it is another event.
      if (!(event instanceof ErrorEvent)) setTimeout(restart, RETRY_MS);
    };
    return started;
  }

  return {
    name,
    end() {
      ended = true;
      worker.terminate();
    },
  };
}
