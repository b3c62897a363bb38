import type { ReplicaStatus } from '../replica/model/replica.ts';

export const FULL =
  'New changes cannot be saved until there is room. Delete files on this device, or pictures kept offline.';

/** Says in one sentence what the state of the connection means for a person's work. */
export function explainConnection({ online, server, phase, full, problem }: ReplicaStatus): string {
  if (phase === 'failed') return problem ?? 'The library on this device cannot be opened.';
  if (full) return FULL;
  if (phase === 'opening') return 'The library on this device is being opened.';
  if (!online) return 'Keep working. Changes are saved here and sent when you’re back online.';
  if (server.writing !== null) return server.writing;
  if (server.following !== null) return server.following;
  return 'Changes reach the server, and the team’s changes reach this device.';
}
