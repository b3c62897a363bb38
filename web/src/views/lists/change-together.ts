/** Makes several changes as one step for undo, with a notice of the result. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import type { Replica } from '../../replica/model/replica.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { undoAction } from '../../ui/undo.ts';

export interface TogetherOptions {
  /** The undo label: 'Pick up 3 packages'. */
  readonly label: string;
  /** Returns the notice for the number of rows that really changed: 'Picked up 3 packages'. */
  readonly done: (changed: number) => string;
}

type ChangingReplica = Pick<Replica, 'mutate' | 'undo' | 'redo'>;

/** @returns false when the changes were not all made. */
export async function changeTogether(
  replica: ChangingReplica,
  calls: readonly MutationCall[],
  { label, done }: TogetherOptions,
): Promise<boolean> {
  const changed = new Set<string>();
  try {
    await mutateTogether(replica, calls, label, changed);
    if (changed.size === 0) notify('Already done');
    else notify(done(changed.size), { action: undoAction(replica) });
    return true;
  } catch (error) {
    notifyFailure(changed.size === 0 ? 'Nothing was changed' : 'Only a part was changed', error);
    return false;
  }
}

/** Makes the changes without a notice. @param changed takes the ids of the rows that really changed. */
export async function mutateTogether(
  replica: Pick<Replica, 'mutate'>,
  calls: readonly MutationCall[],
  label: string,
  changed: Set<string> = new Set(),
): Promise<void> {
  const options = { step: uuid(), label };
  for (const { name, args } of calls)
    for (const id of (await replica.mutate(name, args, options)).changedIds) changed.add(id);
}
