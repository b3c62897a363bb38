/** Lists everything deleted in the last 30 days, and by whom, with buttons to restore it. */
import { createUniqueId, For, Show } from 'solid-js';
import {
  type DeletedAssetsRow,
  type DeletedEntityRow,
  deletedAssetsQuery,
  deletedEntitiesQuery,
} from '../../queries/deleted.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatAgo, formatCountOf, formatDateTime } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { restoreEntity } from '../edit/delete-entity.ts';
import styles from './deleted-page.module.css';
import { restoreAssets } from './restore-assets.ts';

const kinds = {
  projects: 'Project',
  subjects: 'Subject',
  packages: 'Package',
  saved_filters: 'Saved filter',
  corrections: 'Correction',
} as const;

const columns: readonly Column[] = [
  { name: 'Kind', width: '110px' },
  { name: 'Name' },
  { name: 'In', width: '22%' },
  { name: 'Deleted', width: '24%' },
  { name: 'Restore', width: '110px', kind: 'buttons' },
];

export function DeletedPage() {
  const { replica } = useReplica();
  const entities = createLiveQuery<DeletedEntityRow>(replica, deletedEntitiesQuery);
  const assets = createLiveQuery<DeletedAssetsRow>(replica, deletedAssetsQuery, { key: null });
  const error = () => entities.error ?? assets.error;
  const isEmpty = () =>
    entities().length + assets().length === 0 && !entities.loading && !assets.loading && error() === null;
  return (
    <Page title="Recently deleted" crumbs={[{ label: 'Recently deleted', href: '/deleted' }]}>
      <header class={styles['header']}>
        <h1>Recently deleted</h1>
        <p class="muted">Deleted items can be restored for 30 days. Files on disk are never touched.</p>
      </header>
      <ReadProblem error={error()} onRetry={() => Promise.all([entities.refresh(), assets.refresh()])} />
      <Show
        when={!isEmpty()}
        fallback={
          <div class="empty">
            <p>Nothing was deleted in the last 30 days.</p>
          </div>
        }
      >
        <Table columns={columns}>
          <For each={entities()}>{(entity) => <Entity entity={entity} />}</For>
          <For each={assets()}>
            {(deleted) => (
              <tr>
                <td class="muted">Assets</td>
                <td>{formatCountOf(deleted.asset_count, 'asset')}</td>
                <td title={`${deleted.project_name} / ${deleted.package_name}`}>
                  {deleted.project_name} / {deleted.package_name}
                </td>
                <td>
                  <Deletion at={deleted.minute} by={deleted.deleted_by} />
                </td>
                <td class={styles['action']}>
                  <button type="button" class="button" onClick={() => void restoreAssets(replica, { ...deleted })}>
                    Restore
                  </button>
                </td>
              </tr>
            )}
          </For>
        </Table>
      </Show>
    </Page>
  );
}

function Entity(props: { entity: DeletedEntityRow }) {
  const { replica } = useReplica();
  const reasonId = createUniqueId();
  return (
    <tr>
      <td class="muted">{kinds[props.entity.table]}</td>
      <td title={props.entity.name}>
        {props.entity.name}
        <Show when={props.entity.name_taken}>
          <span id={reasonId} class={styles['problem']}>
            That name is taken. Rename the other {kinds[props.entity.table].toLowerCase()} first.
          </span>
        </Show>
      </td>
      <td>{props.entity.project_name}</td>
      <td>
        <Deletion at={props.entity.deleted_at} by={props.entity.deleted_by} />
      </td>
      <td class={styles['action']}>
        <button
          type="button"
          class="button"
          disabled={props.entity.name_taken}
          aria-describedby={props.entity.name_taken ? reasonId : undefined}
          aria-label={`Restore ${props.entity.name}`}
          onClick={() => void restoreEntity(replica, props.entity)}
        >
          Restore
        </button>
      </td>
    </tr>
  );
}

function Deletion(props: { at: Date; by: string | null }) {
  return (
    <span class="muted" title={formatDateTime(props.at)}>
      {formatAgo(props.at, new Date())}
      <Show when={props.by}>{(by) => ` by ${by()}`}</Show>
    </span>
  );
}
