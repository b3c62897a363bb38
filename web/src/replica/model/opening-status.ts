import { WELL } from '@ingesthub/schema/replica/server-state.ts';
import type { ReplicaStatus } from './replica.ts';

/** The status before anything is known. */
export const openingStatus: ReplicaStatus = {
  phase: 'opening',
  download: null,
  online: false,
  server: WELL,
  loadedRows: 0,
  shapesUpToDate: 0,
  shapesFollowed: 0,
  projects: new Map(),
  unsent: 0,
  unsentRows: 0,
  rejected: [],
  undo: null,
  redo: null,
  storage: 'memory',
  full: false,
  client: null,
  notices: [],
  upToDateAt: null,
  problem: null,
};
