/**
 * Reports when the browser has deleted the replica's storage together with unsent changes. Their number is kept in
 * localStorage, which browsers clear less readily.
 */
import { z } from 'zod';
import type { ReplicaStatus } from '../model/replica.ts';
import type { ConnectedReplica } from './connect-replica.ts';

const remembered = z.object({ client: z.uuid(), unsent: z.number().int() });

/** @param name of the replica within this origin. */
export function reportLostChanges(replica: ConnectedReplica, name: string): void {
  const key = `${name}:unsent`;
  let known = read(key);

  function look({ client, unsent }: ReplicaStatus): void {
    if (client === null || (known?.client === client && known.unsent === unsent)) return;
    const lost = known !== null && known.client !== client ? known.unsent : 0;
    known = { client, unsent };
    localStorage.setItem(key, JSON.stringify(known));
    if (lost === 0) return;
    const changes = lost === 1 ? '1 change that was' : `${lost} changes that were`;
    replica.notice(`This browser deleted IngestHub’s data on this device, including ${changes} not sent yet.`);
  }

  replica.onStatus(look);
}

function read(key: string): z.infer<typeof remembered> | null {
  try {
    return remembered.parse(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return null;
  }
}
