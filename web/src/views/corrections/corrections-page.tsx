/** Lists what people said about names, for a project (`?project=<id>`) or for all, to edit and remove. */
import { correctionClause } from '@ingesthub/schema/library/corrections.ts';
import { useSearchParams } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { validate } from 'uuid';
import { type CorrectionListRow, correctionsQuery } from '../../queries/corrections.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatAgo, formatDateTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { DeleteButton } from '../edit/delete-button.tsx';
import { CorrectionDialog } from './correction-dialog.tsx';
import styles from './corrections-page.module.css';

const columns: readonly Column[] = [
  { name: 'Correction' },
  { name: 'Holds for', width: '22%' },
  { name: 'Said', width: '22%' },
  { name: 'Edit and remove', width: '110px', kind: 'buttons' },
];

export function CorrectionsPage() {
  const { replica } = useReplica();
  const [search] = useSearchParams<{ project?: string }>();
  const projectId = () => (validate(search.project) ? (search.project ?? null) : null);
  const corrections = createLiveQuery<CorrectionListRow>(replica, () => correctionsQuery(projectId()));
  /** The open dialog, to edit a correction or to add one (null). */
  const [editing, setEditing] = createSignal<{ readonly correction: CorrectionListRow | null } | null>(null);
  const isEmpty = () => corrections().length === 0 && !corrections.loading && corrections.error === null;
  return (
    <Page title="Corrections" crumbs={[{ label: 'Corrections', href: '/corrections' }]}>
      <header class={styles['header']}>
        <h1>Corrections</h1>
        <button type="button" class="button" onClick={() => setEditing({ correction: null })}>
          <Icon name="add" size={14} /> Add correction
        </button>
        <p class="muted">
          Folders that wait for a decision are analysed again with these. Files that are placed stay where they are. A
          correction of a project comes before one of the whole studio, and a newer one before an older one.
        </p>
      </header>
      <ReadProblem error={corrections.error} onRetry={corrections.refresh} />
      <Show
        when={!isEmpty()}
        fallback={
          <div class="empty">
            <p>No corrections yet. They are kept when you change a proposal, or when you add one here.</p>
          </div>
        }
      >
        <Table columns={columns}>
          <For each={corrections()}>
            {(row) => (
              <tr>
                <td title={correctionClause(row)}>{correctionClause(row)}</td>
                <td>{row.project_name ?? <span class="muted">The whole studio</span>}</td>
                <td>
                  <span class="muted" title={formatDateTime(row.updated_at)}>
                    {formatAgo(row.updated_at, new Date())} by {row.updated_by}
                  </span>
                </td>
                <td class={styles['actions']}>
                  <button
                    type="button"
                    class="button quiet icon"
                    aria-label={`Edit ${row.name}`}
                    title="Edit"
                    onClick={() => setEditing({ correction: { ...row } })}
                  >
                    <Icon name="edit" size={14} />
                  </button>
                  <DeleteButton
                    quiet
                    entity={{ table: 'corrections', id: row.id, name: row.name }}
                    label={`Remove ${row.name}`}
                    title="Remove (restorable for 30 days)"
                  />
                </td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
      <CorrectionDialog
        correction={editing()?.correction ?? null}
        projectId={projectId()}
        open={editing() !== null}
        onOpenChange={() => setEditing(null)}
      />
    </Page>
  );
}
