/** Buttons to edit and to delete the package. */
import { useNavigate } from '@solidjs/router';
import { createSignal } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import { createShortcut } from '../../ui/create-shortcut.ts';
import { Icon } from '../../ui/icon.tsx';
import { isTyping } from '../../ui/is-typing.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { deleteEntity } from '../edit/delete-entity.ts';
import { PackageDialog } from '../edit/package-dialog.tsx';
import styles from './package-header.module.css';

export function PackageActions(props: { row: PackageListRow }) {
  const { replica } = useReplica();
  const navigate = useNavigate();
  const [editing, setEditing] = createSignal(false);
  createShortcut((event) => event.key === 'e' && !isTyping(event) && setEditing(true));

  async function remove(): Promise<void> {
    const { id, name, project_id } = props.row;
    if (await deleteEntity(replica, { table: 'packages', id, name })) navigate(`/projects/${project_id}`);
  }

  return (
    <span class={styles['actions']}>
      <button type="button" class="button quiet" title="Edit package (E)" onClick={() => setEditing(true)}>
        <Icon name="edit" size={14} /> Edit
      </button>
      <button
        type="button"
        class="button quiet icon"
        aria-label="Delete package"
        title="Delete package (restorable for 30 days)"
        onClick={() => void remove()}
      >
        <Icon name="delete" size={14} />
      </button>
      <PackageDialog projectId={props.row.project_id} package={props.row} open={editing()} onOpenChange={setEditing} />
    </span>
  );
}
