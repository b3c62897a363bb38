/** Undo and redo, with a notice of what they did. */
import type { Replica } from '../replica/replica.ts';
import { type NoticeAction, notify, notifyFailure } from './notices.ts';

type UndoingReplica = Pick<Replica, 'undo' | 'redo'>;

export async function undoLatest(replica: UndoingReplica): Promise<void> {
  try {
    const step = await replica.undo();
    if (step === null) notify('Nothing to undo');
    else notify(`Undone: ${step.label ?? 'the latest change'}`, { action: redoAction(replica) });
  } catch (error) {
    notifyFailure('Nothing was undone', error);
  }
}

export async function redoLatest(replica: UndoingReplica): Promise<void> {
  try {
    const step = await replica.redo();
    if (step === null) notify('Nothing to redo');
    else notify(`Done again: ${step.label ?? 'the latest change'}`, { action: undoAction(replica) });
  } catch (error) {
    notifyFailure('Nothing was done again', error);
  }
}

/** For the notice of a change that was just made. */
export function undoAction(replica: UndoingReplica): NoticeAction {
  return { label: 'Undo', run: () => undoLatest(replica) };
}

function redoAction(replica: UndoingReplica): NoticeAction {
  return { label: 'Redo', run: () => redoLatest(replica) };
}
