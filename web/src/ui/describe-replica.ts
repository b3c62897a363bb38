/** Describes the replica's state in the few words that are always visible. */
import type { ReplicaStatus } from '../replica/model/replica.ts';
import { formatCountOf, formatMoment } from './format.ts';

export function describeReplica(status: ReplicaStatus): string {
  switch (status.phase) {
    case 'opening':
      return status.download ? 'Loading the library onto this device' : 'Opening the library';
    case 'loading':
      return `Loading, ${formatCountOf(status.loadedRows, 'row')} so far`;
    case 'failed':
      return 'The library cannot be opened';
    case 'ready':
      if (isBringingProjects(status)) return 'Loading a project';
      if (isFollowing(status)) return status.shapesUpToDate < status.shapesFollowed ? 'Catching up' : 'Up to date';
      return status.upToDateAt ? `As of ${formatMoment(status.upToDateAt, new Date())}` : 'Partly loaded';
  }
}

/** Returns true while changes in the library reach this device. */
function isFollowing({ online, server }: ReplicaStatus): boolean {
  return online && server.following === null;
}

/** Returns true while a project is loading that was added to this device after the first load. */
function isBringingProjects({ online, projects }: ReplicaStatus): boolean {
  return online && [...projects.values()].some(({ state }) => state === 'loading');
}

export function describeConnection(status: ReplicaStatus): string {
  if (status.online) return isFollowing(status) ? 'Online' : 'Server has a problem';
  // No request has been sent yet.
  return status.phase === 'opening' ? 'Connecting' : 'Offline';
}

/** From this many unsent rows on, their number is shown: sending them takes a while. */
const MANY_ROWS = 1000;

export function describeUnsent({ phase, unsent, unsentRows }: ReplicaStatus): string {
  // Until the database is open, its unsent changes cannot be counted.
  if (phase === 'opening') return 'Opening…';
  if (phase === 'failed') return 'Changes unavailable';
  if (unsent === 0) return 'All changes sent';
  const changes = `${formatCountOf(unsent, 'change')} to send`;
  return unsentRows < MANY_ROWS ? changes : `${changes} · ${formatCountOf(unsentRows, 'row')}`;
}
