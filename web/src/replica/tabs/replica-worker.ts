/** Starts this tab's worker, in which the replica runs while this tab leads. Depends on nothing else in the app. */
import type { RestartMessage } from './tab-messages.ts';

export interface ReplicaWorker {
  /** Names the replica within this origin: its channel, its lock and its storage. */
  readonly name: string;
  /** Calls back with the port to the worker, at once and after each replacement. */
  onPort(listener: (port: MessagePort) => void): void;
  /** Ends the worker without a successor. */
  end(): void;
}

const NAME = 'ingesthub-replica';
/** Milliseconds until a worker that could not be fetched is requested again. */
const RETRY_MS = 5_000;

/** Starts the worker, and replaces it whenever it asks for a restart. */
export function startReplicaWorker(): ReplicaWorker {
  // Where tabs cannot agree on a leader (no Web Locks: not a secure origin), each has a replica of its own.
  const name = 'locks' in navigator ? NAME : `${NAME}-${Math.random().toString(36).slice(2)}`;
  let ended = false;
  let port: MessagePort;
  let onPort: (port: MessagePort) => void = () => {};
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
    // A port keeps what the worker says until the app, which loads meanwhile, listens.
    const line = new MessageChannel();
    port = line.port1;
    started.postMessage(line.port2, [line.port2]);
    onPort(port);
    const restart = () => {
      started.terminate();
      if (!ended) worker = start();
    };
    started.onmessage = (_: MessageEvent<RestartMessage>) => restart();
    started.onerror = (event) => {
      // The script could not be fetched; an error thrown inside it would be an ErrorEvent.
      if (!(event instanceof ErrorEvent)) setTimeout(restart, RETRY_MS);
    };
    return started;
  }

  return {
    name,
    onPort(listener) {
      onPort = listener;
      listener(port);
    },
    end() {
      ended = true;
      worker.terminate();
    },
  };
}
