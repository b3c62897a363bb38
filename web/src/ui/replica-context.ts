/** The replica, and how it stands, for every view. */
import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import type { Replica, ReplicaStatus } from '../replica/replica.ts';

export interface ReplicaContextValue {
  readonly replica: Replica;
  readonly status: Accessor<ReplicaStatus>;
}

export const ReplicaContext = createContext<ReplicaContextValue>();

export function useReplica(): ReplicaContextValue {
  const value = useContext(ReplicaContext);
  if (!value) throw new Error('useReplica must be called inside a ReplicaContext.Provider.');
  return value;
}

export function createReplicaContext(replica: Replica): ReplicaContextValue {
  const [status, setStatus] = createSignal(replica.status());
  onCleanup(replica.onStatus(setStatus));
  return { replica, status };
}
