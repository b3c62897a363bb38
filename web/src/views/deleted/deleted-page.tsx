/** Lists everything deleted in the last 30 days, and by whom, with buttons to restore it. */
import { createMemo, createUniqueId, Show } from 'solid-js';
import {
  type DeletedAssetsRow,
  type DeletedEntityRow,
  deletedAssetsQuery,
  deletedEntitiesQuery,
} from '../../queries/deleted.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import list from '../../ui/data-table/list.module.css';
import { formatAgo, formatDateTime } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { restoreEntity } from '../edit/delete-entity.ts';
import styles from './deleted-page.module.css';
import { type DeletedRow, deletedRows } from './deleted-rows.ts';
import { restoreAssets } from './restore-assets.ts';

const columns: readonly Column<DeletedRow>[] = [
  { id: 'name', label: 'Name', opens: true, filter: 'words', value: (row) => row.name, cell: (row) => row.name },
  { id: 'kind', label: 'Kind', width: 120, filter: 'choices', value: (row) => row.kind, cell: (row) => row.kind },
  {
    id: 'place',
    label: 'In',
    width: 240,
    filter: 'words',
    value: (row) => row.place,
    cell: (row) => <span title={row.place ?? undefined}>{row.place ?? '–'}</span>,
  },
  {
    id: 'by',
    label: 'Deleted by',
    width: 140,
    filter: 'choices',
    value: (row) => row.by,
    choiceLabel: (person) => (person === '' ? 'Not known' : person),
    cell: (row) => row.by ?? '–',
  },
  {
    id: 'deleted',
    label: 'Deleted',
    width: 130,
    align: 'end',
    filter: 'days',
    value: (row) => row.at,
    cell: (row) => <time title={formatDateTime(row.at)}>{formatAgo(row.at, new Date())}</time>,
  },
  {
    id: 'restore',
    label: 'Restore',
    labelHidden: true,
    width: 340,
    align: 'end',
    cell: (row) => <RestoreButton row={row} />,
  },
];

export function DeletedPage() {
  const { replica } = useReplica();
  const entities = createLiveQuery<DeletedEntityRow>(replica, deletedEntitiesQuery);
  const assets = createLiveQuery<DeletedAssetsRow>(replica, deletedAssetsQuery, { key: null });
  const error = () => entities.error ?? assets.error;
  const table = createTable<DeletedRow>({
    id: 'deleted',
    columns,
    rows: createMemo(() => deletedRows(entities(), assets())),
    key: (row) => row.key,
    name: (row) => row.name,
    state: createAddressTableState(columns, { sort: { column: 'deleted', descending: true } }),
  });
  return (
    <Page title="Recently deleted" crumbs={[{ label: 'Recently deleted', href: '/deleted' }]}>
      <div class={list['list']}>
        <header class="page-header">
          <h1>Recently deleted</h1>
          <p class="muted">Deleted items can be restored for 30 days. Files on disk are never touched.</p>
        </header>
        <div class={list['tools']}>
          <FilterField table={table} label="Filter by name, place or person" />
        </div>
        <ReadProblem error={error()} onRetry={() => Promise.all([entities.refresh(), assets.refresh()])} />
        <DataTable
          table={table}
          label="Recently deleted"
          noun="deleted things"
          loading={entities.loading || assets.loading || error() !== null}
          empty={
            <div class="empty">
              <p>Nothing was deleted in the last 30 days.</p>
            </div>
          }
        />
      </div>
    </Page>
  );
}

function RestoreButton(props: { row: DeletedRow }) {
  const { replica } = useReplica();
  const reasonId = createUniqueId();
  function restore(): void {
    const { source } = props.row;
    if ('entity' in source) void restoreEntity(replica, source.entity);
    else void restoreAssets(replica, { ...source.assets });
  }
  return (
    <span class={styles['restore']}>
      <Show when={props.row.obstacle}>
        {(reason) => (
          <span id={reasonId} class="danger cut" title={reason()}>
            {reason()}
          </span>
        )}
      </Show>
      <button
        type="button"
        class="button small"
        disabled={props.row.obstacle !== null}
        aria-describedby={props.row.obstacle === null ? undefined : reasonId}
        aria-label={`Restore ${props.row.name}`}
        onClick={restore}
      >
        Restore
      </button>
    </span>
  );
}
