/** Undoes and redoes changes, with a notice about the result. */
import type { Replica } from '../replica/model/replica.ts';
import { type NoticeAction, notify, notifyFailure } from './notices.ts';

type UndoingReplica = Pick<Replica, 'undo' | 'redo'>;

export async function undoLatest(replica: UndoingReplica): Promise<void> {
  try {
    const step = await replica.undo();
    if (step === null) notify('Nothing to undo');
    else notify(`Undone: ${step.label ?? 'the last change'}`, { action: redoAction(replica) });
  } catch (error) {
    notifyFailure('Could not undo', error);
  }
}

export async function redoLatest(replica: UndoingReplica): Promise<void> {
  try {
    const step = await replica.redo();
    if (step === null) notify('Nothing to redo');
    else notify(`Redone: ${step.label ?? 'the last change'}`, { action: undoAction(replica) });
  } catch (error) {
    notifyFailure('Could not redo', error);
  }
}

/** The action for the notice about a change that was just made. */
export function undoAction(replica: UndoingReplica): NoticeAction {
  return { label: 'Undo', run: () => undoLatest(replica) };
}

function redoAction(replica: UndoingReplica): NoticeAction {
  return { label: 'Redo', run: () => redoLatest(replica) };
}
