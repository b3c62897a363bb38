/** Opens this browser's replica for one tab. */

import type { Replica } from '../model/replica.ts';
import { buildKey } from '../open/prepared-directory.ts';
import { UNBUILT_VERSION } from '../open/replica-version.ts';
import { connectReplica } from './connect-replica.ts';
import { reportLostChanges } from './lost-changes.ts';
import type { ReplicaWorker } from './replica-worker.ts';

/**
 * Returns at once. The status is `opening`, and reads and mutations wait, until the database is open in this
 * tab's worker or another tab's. Close the replica when the tab no longer needs it.
 */
export function openReplica(worker: ReplicaWorker): Replica {
  const replica = connectReplica(worker.name, buildKey ?? UNBUILT_VERSION, worker);
  reportLostChanges(replica, worker.name);
  window.addEventListener('online', replica.wake);

  return {
    ...replica,
    async close() {
      window.removeEventListener('online', replica.wake);
      worker.end();
      await replica.close();
    },
  };
}
