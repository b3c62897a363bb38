/** The subjects of a project, to be made, changed and deleted. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type SubjectAssetsRow,
  type SubjectDetailRow,
  subjectAssetsQuery,
  subjectDetailsQuery,
} from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import table from '../../ui/table.module.css';
import { deleteEntity } from '../edit/delete-entity.ts';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import styles from './project-page.module.css';

export function SubjectList(props: { projectId: string }) {
  const { replica, status, ready } = useReplica();
  const subjects = createLiveQuery<SubjectDetailRow>(replica, () => subjectDetailsQuery(props.projectId));
  const absent = createMemo(() => isAbsent(status(), props.projectId));
  const assets = createLiveQuery<SubjectAssetsRow>(
    replica,
    () => (ready() && !absent() ? subjectAssetsQuery(props.projectId) : null),
    { key: 'subject_id' },
  );
  const assetCounts = createMemo(() => new Map(assets().map((row) => [row.subject_id, row.asset_count])));
  const [dialog, setDialog] = createSignal<'new' | SubjectDetailRow | null>(null);
  const edited = () => {
    const what = dialog();
    return what === 'new' ? null : what;
  };
  return (
    <section class={styles['subjects']} aria-labelledby="subjects">
      <header class={styles['header']}>
        <h2 id="subjects">Subjects</h2>
        <span class={styles['actions']}>
          <button type="button" class="button" onClick={() => setDialog('new')}>
            <Icon name="add" size={14} /> New subject
          </button>
        </span>
      </header>
      <ReadProblem error={subjects.error} onRetry={subjects.refresh} />
      <Show
        when={subjects().length > 0 || subjects.loading || subjects.error}
        fallback={<p class={`muted ${styles['none']}`}>Nobody yet: an ingest finds them, or they are made here.</p>}
      >
        <table class={table['table']}>
          <colgroup>
            <col />
            <col style={{ width: '90px' }} />
            <col style={{ width: '90px' }} />
            <col style={{ width: '24%' }} />
            <col style={{ width: '26%' }} />
            <col style={{ width: '84px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>Subject</th>
              <th class={table['number']}>Packages</th>
              <th class={table['number']}>Assets</th>
              <th>Dataset directory</th>
              <th>Tags</th>
              <th>
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={subjects()}>
              {(subject) => (
                <tr>
                  <td title={subject.notes ?? subject.name}>{subject.name}</td>
                  <td class={table['number']}>{formatCount(subject.package_count)}</td>
                  <td class={table['number']}>{formatCount(assetCounts().get(subject.id) ?? null)}</td>
                  <td class="mono">{subject.dataset_directory}</td>
                  <td class="muted">{subject.tags.join(', ')}</td>
                  <td class={table['number']}>
                    <button
                      type="button"
                      class="button quiet icon"
                      aria-label={`Edit ${subject.name}`}
                      title="Edit"
                      onClick={() => setDialog({ ...subject })}
                    >
                      <Icon name="edit" size={14} />
                    </button>
                    <button
                      type="button"
                      class="button quiet icon"
                      aria-label={`Delete ${subject.name}`}
                      title="Delete, for 30 days"
                      onClick={() =>
                        void deleteEntity(replica, { table: 'subjects', id: subject.id, name: subject.name })
                      }
                    >
                      <Icon name="delete" size={14} />
                    </button>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <SubjectDialog
        projectId={props.projectId}
        subject={edited()}
        open={dialog() !== null}
        onOpenChange={(open) => {
          if (!open) setDialog(null);
        }}
      />
    </section>
  );
}
