/** The header of a project: its facts, and the actions on it. */
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { KeepOffline } from '../../pictures/ui/keep-offline.tsx';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { Icon } from '../../ui/icon.tsx';
import { PinButton } from '../../ui/pin-button.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { DeleteButton } from '../edit/delete-button.tsx';
import { PackageDialog } from '../edit/package-dialog.tsx';
import { ProjectDialog } from '../edit/project-dialog.tsx';
import { DeviceMenu } from '../working-set/device-menu.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import styles from './project-page.module.css';

type Dialog = 'edit' | 'new package';

export function ProjectHeader(props: { project: ProjectRow }) {
  const { status } = useReplica();
  const [dialog, setDialog] = createSignal<Dialog | null>(null);
  createShortcuts({ edit: () => setDialog('edit'), create: () => setDialog('new package') });
  const shown = (wanted: Dialog) => ({
    open: dialog() === wanted,
    onOpenChange: (open: boolean) => setDialog(open ? wanted : null),
  });

  return (
    <header class={styles['header']}>
      <h1 title={props.project.name}>{props.project.name}</h1>
      <TypeBadge type={props.project.type} />
      <PinButton projectId={props.project.id} name={props.project.name} />
      <span class="muted">{props.project.client}</span>
      <For each={props.project.tags}>
        {(tag) => (
          <span class="chip">
            <span>{tag}</span>
          </span>
        )}
      </For>
      <span class={styles['actions']}>
        <DeviceMenu projectId={props.project.id} />
        <Show when={!isAbsent(status(), props.project.id)}>
          <KeepOffline projectId={props.project.id} />
        </Show>
        <button type="button" class="button" title="New package (N)" onClick={() => setDialog('new package')}>
          <Icon name="add" size={14} /> New package
        </button>
        <A class="button" href={`/corrections?project=${props.project.id}`}>
          Corrections
        </A>
        <button type="button" class="button" title="Edit project (E)" onClick={() => setDialog('edit')}>
          <Icon name="edit" size={14} /> Edit
        </button>
        <DeleteButton
          entity={{ table: 'projects', id: props.project.id, name: props.project.name }}
          label="Delete project"
          title="Delete project (restorable for 30 days)"
          goTo="/"
        />
      </span>
      <Show when={props.project.notes}>{(notes) => <p class="muted">{notes()}</p>}</Show>
      <ProjectDialog project={props.project} {...shown('edit')} />
      <PackageDialog projectId={props.project.id} package={null} {...shown('new package')} />
    </header>
  );
}
