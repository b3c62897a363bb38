import type { ReplicaStatus } from '../../replica/model/replica.ts';

/** Returns true when a project's assets are only on the server. */
export function isAbsent(status: ReplicaStatus, projectId: string): boolean {
  return status.projects.get(projectId)?.state === 'absent';
}
