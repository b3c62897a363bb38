/** Undo and redo on every page, as buttons and with the usual keys. */

import { createShortcuts } from '../shortcuts/create-shortcuts.ts';
import { Icon } from './icon.tsx';
import { useReplica } from './replica-context.ts';
import { redoLatest, undoLatest } from './undo.ts';

export function UndoButtons() {
  const { replica, status } = useReplica();
  createShortcuts({ undo: () => void undoLatest(replica), redo: () => void redoLatest(replica) });
  const describe = (what: string, keys: string, label: string | null | undefined) =>
    label ? `${what}: ${label} (${keys})` : `${what} (${keys})`;
  return (
    <>
      <button
        type="button"
        class="button quiet icon"
        aria-label="Undo"
        title={describe('Undo', 'Ctrl Z', status().undo?.label)}
        disabled={status().undo === null}
        onClick={() => void undoLatest(replica)}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="button quiet icon"
        aria-label="Redo"
        title={describe('Redo', 'Ctrl Shift Z', status().redo?.label)}
        disabled={status().redo === null}
        onClick={() => void redoLatest(replica)}
      >
        <Icon name="redo" />
      </button>
    </>
  );
}
