import type { ReplicaStatus } from '../../replica/model/replica.ts';

/** Returns true when all assets of a project are on this device; those of a project made here are. */
export function isWhole({ projects }: Pick<ReplicaStatus, 'projects'>, projectId: string): boolean {
  const state = projects.get(projectId)?.state;
  return state === undefined || state === 'here' || state === 'leaving';
}
