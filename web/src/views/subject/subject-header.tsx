/** The header of a subject: its face, its facts, and the actions on it. */
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { A, useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { type RowPicture, subjectPicturesQuery } from '../../queries/row-pictures.ts';
import type { SubjectCountsRow, SubjectDetailRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { TagList } from '../../ui/tag-list.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { deleteEntity } from '../edit/delete-entity.ts';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { Face } from '../subjects/face.tsx';
import styles from './subject-page.module.css';

export function SubjectHeader(props: {
  subject: SubjectDetailRow;
  /** Null: not known. */
  counts: SubjectCountsRow | null;
  onOverview: boolean;
}) {
  const { replica, ready } = useReplica();
  const navigate = useNavigate();
  const [editing, setEditing] = createSignal(false);
  createShortcuts({ edit: () => props.onOverview && setEditing(true) });
  const pictures = createLiveQuery<RowPicture>(replica, () =>
    ready() ? subjectPicturesQuery([props.subject.id]) : null,
  );

  async function remove(): Promise<void> {
    const { id, name, project_id } = props.subject;
    if (await deleteEntity(replica, { table: 'subjects', id, name })) navigate(`/projects/${project_id}/subjects`);
  }

  return (
    <>
      <header class="page-header">
        <Face size="large" picture={pictures()[0]} />
        <div class={styles['title']}>
          <div class={styles['line']}>
            <h1 title={props.subject.name}>{props.subject.name}</h1>
            <TypeBadge type={props.subject.project_type} />
            <A class="muted" href={`/projects/${props.subject.project_id}`}>
              {props.subject.project_name}
            </A>
            <Show when={props.subject.tags.length > 0}>
              <TagList tags={props.subject.tags} />
            </Show>
          </div>
          <div class={`small ${styles['line']}`}>
            <span>
              <b>{formatCount(props.counts?.asset_count ?? null)}</b> assets
            </span>
            <span>{formatCountOf(props.subject.package_count, 'package')}</span>
            <span>{formatBytes(props.counts?.size_bytes ?? null)}</span>
            <span class={styles['reviewed']}>
              <ReviewBar counts={props.counts} /> reviewed
            </span>
          </div>
        </div>
        <div class="actions">
          <button type="button" class="button quiet" onClick={() => setEditing(true)}>
            <Icon name="edit" size={14} /> Edit
            <Show when={props.onOverview}>
              <kbd>E</kbd>
            </Show>
          </button>
          <DropdownMenu placement="bottom-end" gutter={4}>
            <DropdownMenu.Trigger class="button quiet icon" aria-label="More">
              <Icon name="more" size={14} />
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content class="popover menu">
                <DropdownMenu.Item class="item" onSelect={() => void remove()}>
                  <Icon name="delete" size={14} /> Delete subject
                  <span class="end">assets stay · restorable for 30 days</span>
                </DropdownMenu.Item>
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu>
          <Show when={props.onOverview}>
            <A class="button primary" href={`/subjects/${props.subject.id}/assets`}>
              <Icon name="image" size={14} /> Open all assets <kbd>↵</kbd>
            </A>
          </Show>
        </div>
      </header>
      <SubjectDialog
        projectId={props.subject.project_id}
        subject={props.subject}
        open={editing()}
        onOpenChange={setEditing}
      />
    </>
  );
}
