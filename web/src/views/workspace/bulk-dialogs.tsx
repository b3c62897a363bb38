/** The dialogs for the selected assets, fetched when they are first opened, and the keys that copy paths. */
import { createComputed, createMemo, lazy, Show, Suspense, untrack } from 'solid-js';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { useChangeAssets } from './changes/change-context.ts';
import { copyCommands, copyPaths } from './export/copy-selection.ts';
import type { ScopeAssets } from './list/create-scope-assets.ts';
import { presentIds, type Selection } from './list/create-selection.ts';

const EditDialog = lazy(() => import('./edit/edit-dialog.tsx'));
const ExportDialog = lazy(() => import('./export/export-dialog.tsx'));

/** The lists and dialogs that a shortcut can open too. */
export type BulkPicker = 'addTag' | 'removeTag' | 'move' | 'edit' | 'export';

export function BulkDialogs(props: {
  /** Null where the assets may be of several projects, whose subjects differ. */
  projectId: string | null;
  assets: ScopeAssets;
  selection: Selection;
  picker: BulkPicker | null;
  onClose: () => void;
}) {
  const { replica } = useReplica();
  const change = useChangeAssets();
  /** The selected assets in the list's order. */
  const selected = () => {
    const ids = props.selection.ids();
    const list = props.assets.order();
    const present = presentIds(list, ids);
    return present.toSorted((a, b) => list.indexOf(a) - list.indexOf(b));
  };
  const targets = () => {
    const focused = props.selection.focusId();
    return props.selection.ids().size > 0 ? selected() : focused === undefined ? [] : [focused];
  };
  /** @returns false when there is nothing to copy, or the person copies text of the page. */
  function copying(copy: (ids: readonly string[]) => Promise<void>): boolean {
    const ids = targets();
    if (ids.length === 0 || getSelection()?.isCollapsed === false) return false;
    void copy(ids);
    return true;
  }
  createShortcuts({
    copyPath: () => copying((ids) => copyPaths(replica, ids)),
    copyCommand: () => copying((ids) => copyCommands(replica, ids)),
  });

  let before: Element | null = null;
  createComputed(() => {
    if (props.picker === 'edit' || props.picker === 'export') before = document.activeElement;
  });
  /** Gives the focus back after the dialog has let go of it: arrow keys would have no target. */
  function close(): void {
    const opener = before;
    props.onClose();
    setTimeout(() => opener instanceof HTMLElement && opener.isConnected && opener.focus({ preventScroll: true }));
  }
  // The assets as of the opening: a change from elsewhere must not swap them under an open dialog.
  const editing = createMemo(() => (props.picker === 'edit' ? new Set(untrack(targets)) : null));
  const exporting = createMemo(() => (props.picker === 'export' ? untrack(selected) : null));
  return (
    <Suspense>
      <Show when={editing()} keyed>
        {(ids) => (
          <EditDialog
            ids={ids}
            projectId={props.projectId}
            counts={props.assets.counts()}
            onChange={change}
            onClose={close}
          />
        )}
      </Show>
      <Show when={exporting()} keyed>
        {(ids) => (
          <ExportDialog
            selected={ids}
            matching={() => props.assets.order().slice(0, props.assets.order().length)}
            matchCount={props.assets.whole() ? props.assets.order().length : null}
            title={document.title.split(' · ')[0] ?? 'Assets'}
            onClose={close}
          />
        )}
      </Show>
    </Suspense>
  );
}
