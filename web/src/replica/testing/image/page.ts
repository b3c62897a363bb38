/** A page with nothing but a replica, which records every status. */

import type { ReplicaStatus } from '../../model/replica.ts';
import { openReplica } from '../../tabs/open-replica.ts';
import { startReplicaWorker } from '../../tabs/replica-worker.ts';

const replica = openReplica(startReplicaWorker());
const said: ReplicaStatus[] = [];
replica.onStatus((status) => said.push(status));

const page = { replica, said };
export type TestPage = typeof page;
Object.assign(globalThis, { page });
