/** A page with nothing but a replica, which remembers what it said of itself. */
import { openReplica } from '../../replica/open-replica.ts';
import type { ReplicaStatus } from '../../replica/replica.ts';
import { startReplicaWorker } from '../../replica/replica-worker.ts';

const replica = openReplica(startReplicaWorker());
const said: ReplicaStatus[] = [];
replica.onStatus((status) => said.push(status));

const page = { replica, said };
export type TestPage = typeof page;
Object.assign(globalThis, { page });
