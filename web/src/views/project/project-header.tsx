/** The header of a project: its name, its facts, and the actions on it. */
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { useNavigate } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { KeepOffline } from '../../pictures/ui/keep-offline.tsx';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { PinButton } from '../../ui/pin-button.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { deleteEntity } from '../edit/delete-entity.ts';
import { PackageDialog } from '../edit/package-dialog.tsx';
import { ProjectDialog } from '../edit/project-dialog.tsx';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { DeviceMenu } from '../working-set/device-menu.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import type { ProjectTab } from './address/project-tabs.ts';
import styles from './project-page.module.css';
import type { ProjectTotals } from './project-totals.ts';

type Dialog = 'edit' | 'new package' | 'new subject';

export function ProjectHeader(props: { project: ProjectRow; tab: ProjectTab; totals: ProjectTotals | null }) {
  const { replica, status } = useReplica();
  const navigate = useNavigate();
  const [dialog, setDialog] = createSignal<Dialog | null>(null);
  /** The list on the page decides what a new row is. */
  const creates = () => (props.tab === 'subjects' ? 'new subject' : 'new package');
  createShortcuts({
    edit: () => setDialog('edit'),
    create: () => setDialog(creates()),
  });
  const shown = (wanted: Dialog) => ({
    open: dialog() === wanted,
    onOpenChange: (open: boolean) => setDialog(open ? wanted : null),
  });

  async function remove(): Promise<void> {
    const { id, name } = props.project;
    if (await deleteEntity(replica, { table: 'projects', id, name })) navigate('/projects');
  }

  return (
    <>
      <header class="page-header">
        <Icon name="project" />
        <h1 title={props.project.name}>{props.project.name}</h1>
        <TypeBadge type={props.project.type} />
        <PinButton projectId={props.project.id} name={props.project.name} />
        <div class="actions">
          <DeviceMenu projectId={props.project.id} />
          <Show when={!isAbsent(status(), props.project.id)}>
            <KeepOffline projectId={props.project.id} />
          </Show>
          <button type="button" class="button quiet" onClick={() => setDialog('edit')}>
            <Icon name="edit" size={14} /> Edit <kbd>E</kbd>
          </button>
          <DropdownMenu placement="bottom-end" gutter={4}>
            <DropdownMenu.Trigger class="button quiet icon" aria-label="More">
              <Icon name="more" size={14} />
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content class="popover menu">
                <DropdownMenu.Item
                  class="item"
                  onSelect={() => setDialog(creates() === 'new subject' ? 'new package' : 'new subject')}
                >
                  <Icon name="add" size={14} /> {creates() === 'new subject' ? 'New package' : 'New subject'}
                </DropdownMenu.Item>
                <DropdownMenu.Item class="item" onSelect={() => navigate(`/corrections?project=${props.project.id}`)}>
                  <Icon name="history" size={14} /> Corrections of names
                </DropdownMenu.Item>
                <DropdownMenu.Item class="item" onSelect={() => void remove()}>
                  <Icon name="delete" size={14} /> Delete project
                  <span class="end">restorable for 30 days</span>
                </DropdownMenu.Item>
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu>
          <button type="button" class="button primary" onClick={() => setDialog(creates())}>
            <Icon name="add" size={14} /> {creates() === 'new subject' ? 'New subject' : 'New package'} <kbd>N</kbd>
          </button>
        </div>
      </header>
      <div class={`page-facts ${styles['facts']}`}>
        <Show when={props.project.client}>{(client) => <span>{client()}</span>}</Show>
        <span>
          <b>{formatCount(props.totals?.asset_count ?? null)}</b> assets
        </span>
        <span>{formatBytes(props.totals?.size_bytes ?? null)}</span>
        <Show when={props.totals?.review}>
          {(review) => (
            <span class={styles['reviewed']}>
              <ReviewBar counts={review()} /> reviewed
            </span>
          )}
        </Show>
        <For each={props.project.tags}>
          {(tag) => (
            <span class="tag">
              <span>{tag}</span>
            </span>
          )}
        </For>
        <Show when={props.project.notes}>
          {(notes) => (
            <span class={styles['notes']} title={notes()}>
              {notes()}
            </span>
          )}
        </Show>
      </div>
      <ProjectDialog project={props.project} {...shown('edit')} />
      <PackageDialog projectId={props.project.id} package={null} {...shown('new package')} />
      <SubjectDialog projectId={props.project.id} subject={null} {...shown('new subject')} />
    </>
  );
}
