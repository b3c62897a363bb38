/** Deletes and restores named rows. Both can be undone, and deleted rows are kept for 30 days. */
import type { Replica } from '../../replica/model/replica.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { undoAction } from '../../ui/undo.ts';

export const entityNouns = {
  projects: 'project',
  subjects: 'subject',
  packages: 'package',
  saved_filters: 'saved filter',
  corrections: 'correction',
} as const;
export type EntityTable = keyof typeof entityNouns;

export interface Entity {
  readonly table: EntityTable;
  readonly id: string;
  readonly name: string;
}

type ChangingReplica = Pick<Replica, 'mutate' | 'undo' | 'redo'>;

/** @returns true on success. */
export async function deleteEntity(replica: ChangingReplica, entity: Entity): Promise<boolean> {
  return change(replica, entity, 'delete', 'Deleted');
}

/** @returns true on success. */
export async function restoreEntity(replica: ChangingReplica, entity: Entity): Promise<boolean> {
  return change(replica, entity, 'restore', 'Restored');
}

async function change(
  replica: ChangingReplica,
  { table, id, name }: Entity,
  verb: 'delete' | 'restore',
  past: string,
): Promise<boolean> {
  const what = `${entityNouns[table]} “${name}”`;
  try {
    const label = `${verb === 'delete' ? 'Delete' : 'Restore'} ${what}`;
    await replica.mutate(`${table}.${verb}`, { ids: [id] }, { label });
    notify(`${past} ${what}`, { action: undoAction(replica) });
    return true;
  } catch (error) {
    notifyFailure(`Could not ${verb} ${what}`, error);
    return false;
  }
}
