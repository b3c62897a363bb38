/** Provides the replica and its status to every view. */
import { type Accessor, createContext, createMemo, createSignal, onCleanup, useContext } from 'solid-js';
import type { Replica, ReplicaStatus } from '../replica/model/replica.ts';

export interface ReplicaContextValue {
  readonly replica: Replica;
  readonly status: Accessor<ReplicaStatus>;
  /** Whether the first load is over: a narrow signal, as the status changes with each heartbeat and commit. */
  readonly ready: Accessor<boolean>;
  readonly online: Accessor<boolean>;
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
  const ready = createMemo(() => status().phase === 'ready');
  const online = createMemo(() => status().online);
  return { replica, status, ready, online };
}
