import type { ReplicaStatus } from '../../replica/replica.ts';

/** Whether a project's assets are at the server only. */
export function isAbsent(status: ReplicaStatus, projectId: string): boolean {
  return status.projects.get(projectId)?.state === 'absent';
}
