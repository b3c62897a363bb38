/** How the replica stands, in the few words that are always visible. */
import type { ReplicaStatus } from '../replica/replica.ts';
import { formatCountOf, formatMoment } from './format.ts';

export function describeReplica(status: ReplicaStatus): string {
  switch (status.phase) {
    case 'opening':
      return status.download ? 'Fetching the library' : 'Opening the library';
    case 'loading':
      return `Loading, ${formatCountOf(status.loadedRows, 'row')} so far`;
    case 'failed':
      return 'The library cannot be opened';
    case 'ready':
      if (isBringingProjects(status)) return 'Bringing a project here';
      if (isFollowing(status)) return status.shapesUpToDate < status.shapesFollowed ? 'Catching up' : 'Up to date';
      return status.upToDateAt ? `As of ${formatMoment(status.upToDateAt, new Date())}` : 'Not loaded in full yet';
  }
}

/** Whether what happens in the library arrives here. */
function isFollowing({ online, server }: ReplicaStatus): boolean {
  return online && server.following === null;
}

/** A project that somebody wants here as well, long after the first load. */
function isBringingProjects({ online, projects }: ReplicaStatus): boolean {
  return online && [...projects.values()].some(({ state }) => state === 'loading');
}

export function describeConnection(status: ReplicaStatus): string {
  if (status.online) return isFollowing(status) ? 'Online' : 'Server has a problem';
  // Nobody has asked the server yet.
  return status.phase === 'opening' ? 'Connecting' : 'Offline';
}

/** Rows to send from which on their number is worth a word: sending them takes a while. */
const MANY_ROWS = 1000;

export function describeUnsent({ phase, unsent, unsentRows }: ReplicaStatus): string {
  // Before the database is open nobody knows what waits in it.
  if (phase === 'opening' || phase === 'failed') return 'Changes not read yet';
  if (unsent === 0) return 'All changes sent';
  const changes = `${formatCountOf(unsent, 'change')} to send`;
  return unsentRows < MANY_ROWS ? changes : `${changes} · ${formatCountOf(unsentRows, 'row')}`;
}
