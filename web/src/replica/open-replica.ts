/** The replica of this browser, for one tab. */
import { buildKey } from '../replica-image/prepared-directory.ts';
import { reportLostChanges } from '../replica-safety/lost-changes.ts';
import { connectReplica } from './connect-replica.ts';
import type { Replica } from './replica.ts';
import { UNBUILT_VERSION } from './replica-version.ts';
import type { RestartMessage } from './tab-messages.ts';

export interface OpenReplicaOptions {
  /** Names the replica within this origin. Default `ingesthub-replica`. */
  readonly name?: string;
}

/** Milliseconds until a worker is asked for again that could not be fetched. */
const RETRY_MS = 5_000;

/**
 * Opens it at once: its status is `opening`, and reads and mutations wait, until its database is open
 * in this tab's worker or in another tab's. Close it when the tab no longer needs it.
 */
export function openReplica(options: OpenReplicaOptions = {}): Replica {
  const shared = options.name ?? 'ingesthub-replica';
  // Where tabs cannot agree on a leader (no Web Locks: not a secure origin), each has a replica of its own.
  const name = 'locks' in navigator ? shared : `${shared}-${Math.random().toString(36).slice(2)}`;
  let closed = false;
  let worker = startWorker();
  const replica = connectReplica(name, buildKey ?? UNBUILT_VERSION);
  reportLostChanges(replica, name);
  window.addEventListener('online', replica.wake);
  function startWorker(): Worker {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
    const restart = () => {
      started.terminate();
      if (!closed) worker = startWorker();
    };
    started.onmessage = (_: MessageEvent<RestartMessage>) => restart();
    started.onerror = (event) => {
      // Its program could not be fetched; an error in it is another event.
      if (!(event instanceof ErrorEvent)) setTimeout(restart, RETRY_MS);
    };
    return started;
  }

  return {
    ...replica,
    async close() {
      closed = true;
      window.removeEventListener('online', replica.wake);
      worker.terminate();
      await replica.close();
    },
  };
}
