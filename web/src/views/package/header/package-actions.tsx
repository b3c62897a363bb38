/** Buttons to edit and to delete the package. */
import { createSignal } from 'solid-js';
import type { PackageListRow } from '../../../queries/packages.ts';
import { createShortcuts } from '../../../shortcuts/create-shortcuts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { DeleteButton } from '../../edit/delete-button.tsx';
import { PackageDialog } from '../../edit/package-dialog.tsx';
import styles from './package-header.module.css';

export function PackageActions(props: { row: PackageListRow }) {
  const [editing, setEditing] = createSignal(false);
  createShortcuts({ edit: () => setEditing(true) });

  return (
    <span class={styles['actions']}>
      <button type="button" class="button quiet" title="Edit package (E)" onClick={() => setEditing(true)}>
        <Icon name="edit" size={14} /> Edit
      </button>
      <DeleteButton
        quiet
        entity={{ table: 'packages', id: props.row.id, name: props.row.name }}
        label="Delete package"
        title="Delete package (restorable for 30 days)"
        goTo={`/projects/${props.row.project_id}`}
      />
      <PackageDialog projectId={props.row.project_id} package={props.row} open={editing()} onOpenChange={setEditing} />
    </span>
  );
}
