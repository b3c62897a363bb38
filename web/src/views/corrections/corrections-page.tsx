/** Lists what people said about names, for a project (`?project=<id>`) or for all, to edit and remove. */
import { correctionClause } from '@ingesthub/schema/library/corrections.ts';
import { useSearchParams } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { validate } from 'uuid';
import { type CorrectionListRow, correctionsQuery } from '../../queries/corrections.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import list from '../../ui/data-table/list.module.css';
import { formatAgo, formatDateTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { DeleteButton } from '../edit/delete-button.tsx';
import { CorrectionDialog } from './correction-dialog.tsx';
import styles from './corrections-page.module.css';

/** Stands for the project of a correction that holds for all. */
const STUDIO = 'The whole studio';

export function CorrectionsPage() {
  const { replica } = useReplica();
  const [search] = useSearchParams<{ project?: string }>();
  const projectId = () => (validate(search.project) ? (search.project ?? null) : null);
  const corrections = createLiveQuery<CorrectionListRow>(replica, () => correctionsQuery(projectId()));
  /** The open dialog, to edit a correction or to add one (null). */
  const [editing, setEditing] = createSignal<{ readonly correction: CorrectionListRow | null } | null>(null);
  const columns: readonly Column<CorrectionListRow>[] = [
    {
      id: 'correction',
      label: 'Correction',
      opens: true,
      filter: 'words',
      value: correctionClause,
      cell: correctionClause,
    },
    {
      id: 'for',
      label: 'Holds for',
      width: 220,
      filter: 'choices',
      value: (row) => row.project_name,
      choiceLabel: (name) => (name === '' ? STUDIO : name),
      cell: (row) => row.project_name ?? STUDIO,
    },
    {
      id: 'by',
      label: 'Said by',
      width: 160,
      filter: 'choices',
      value: (row) => row.updated_by,
      cell: (row) => row.updated_by,
    },
    {
      id: 'said',
      label: 'Said',
      width: 140,
      align: 'end',
      filter: 'days',
      value: (row) => row.updated_at,
      cell: (row) => <time title={formatDateTime(row.updated_at)}>{formatAgo(row.updated_at, new Date())}</time>,
    },
    {
      id: 'actions',
      label: 'Edit and remove',
      labelHidden: true,
      width: 96,
      align: 'end',
      cell: (row) => (
        <span>
          <button
            type="button"
            class="button quiet icon small"
            aria-label={`Edit ${row.name}`}
            title="Edit"
            onClick={() => edit(row)}
          >
            <Icon name="edit" size={14} />
          </button>
          <DeleteButton
            quiet
            entity={{ table: 'corrections', id: row.id, name: row.name }}
            label={`Remove ${row.name}`}
            title="Remove (restorable for 30 days)"
          />
        </span>
      ),
    },
  ];
  const edit = (row: CorrectionListRow) => setEditing({ correction: { ...row } });
  const table = createTable<CorrectionListRow>({
    id: 'corrections',
    columns,
    rows: corrections,
    key: (row) => row.id,
    name: correctionClause,
    onOpen: edit,
    state: createAddressTableState(columns, { sort: { column: 'for', descending: false } }),
  });
  return (
    <Page title="Corrections" crumbs={[{ label: 'Corrections', href: '/corrections' }]}>
      <div class={list['list']}>
        <header class="page-header">
          <h1>Corrections</h1>
          <div class="actions">
            <button type="button" class="button primary" onClick={() => setEditing({ correction: null })}>
              <Icon name="add" size={14} /> Add correction
            </button>
          </div>
        </header>
        <p class={`muted ${styles['about']}`}>
          Folders that wait for a decision are analysed again with these. Files that are placed stay where they are. A
          correction of a project comes before one of the whole studio, and a newer one before an older one.
        </p>
        <div class={list['tools']}>
          <FilterField table={table} label="Filter corrections by name, project or person" />
          <ColumnMenu table={table} />
        </div>
        <ReadProblem error={corrections.error} onRetry={corrections.refresh} />
        <DataTable
          table={table}
          label="Corrections"
          noun="corrections"
          loading={corrections.loading || corrections.error !== null}
          empty={
            <div class="empty">
              <p>No corrections yet. They are kept when you change a proposal, or when you add one here.</p>
            </div>
          }
        />
      </div>
      <CorrectionDialog
        correction={editing()?.correction ?? null}
        projectId={projectId()}
        open={editing() !== null}
        onOpenChange={() => setEditing(null)}
      />
    </Page>
  );
}
