/** The subjects of a project, with buttons to create, edit and delete them. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type SubjectCountsRow,
  type SubjectDetailRow,
  subjectCountsQuery,
  subjectDetailsQuery,
} from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { DeleteButton } from '../edit/delete-button.tsx';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import styles from './project-page.module.css';

const columns: readonly Column[] = [
  { name: 'Subject' },
  { name: 'Packages', width: '90px', kind: 'number' },
  { name: 'Assets', width: '90px', kind: 'number' },
  { name: 'Dataset directory', width: '24%' },
  { name: 'Tags', width: '26%' },
  { name: 'Actions', width: '84px', kind: 'buttons' },
];

export function SubjectList(props: { projectId: string }) {
  const { replica, status, ready } = useReplica();
  const subjects = createLiveQuery<SubjectDetailRow>(replica, () => subjectDetailsQuery(props.projectId));
  const absent = createMemo(() => isAbsent(status(), props.projectId));
  const assets = createLiveQuery<SubjectCountsRow>(
    replica,
    () => (ready() && !absent() ? subjectCountsQuery(props.projectId) : null),
    { key: 'subject_id' },
  );
  const assetCounts = createMemo(() => new Map(assets().map((row) => [row.subject_id, row.asset_count])));
  /** The open dialog, for a subject or for a new one (null). */
  const [dialog, setDialog] = createSignal<{ readonly subject: SubjectDetailRow | null } | null>(null);
  return (
    <section class={styles['subjects']} aria-labelledby="subjects">
      <header class={styles['header']}>
        <h2 id="subjects">Subjects</h2>
        <span class={styles['actions']}>
          <button type="button" class="button" onClick={() => setDialog({ subject: null })}>
            <Icon name="add" size={14} /> New subject
          </button>
        </span>
      </header>
      <ReadProblem error={subjects.error} onRetry={subjects.refresh} />
      <Show
        when={subjects().length > 0 || subjects.loading || subjects.error}
        fallback={
          <p class={`muted ${styles['none']}`}>No subjects yet. An ingest finds them, or you can create them here.</p>
        }
      >
        <Table columns={columns}>
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
                    onClick={() => setDialog({ subject })}
                  >
                    <Icon name="edit" size={14} />
                  </button>
                  <DeleteButton
                    quiet
                    entity={{ table: 'subjects', id: subject.id, name: subject.name }}
                    label={`Delete ${subject.name}`}
                    title="Delete (restorable for 30 days)"
                  />
                </td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
      <SubjectDialog
        projectId={props.projectId}
        subject={dialog()?.subject ?? null}
        open={dialog() !== null}
        onOpenChange={() => setDialog(null)}
      />
    </section>
  );
}
