/** Ingests under way, and folders that have arrived and wait for a decision. */
import { PACKAGE_KINDS } from '@ingesthub/schema/library/package-kinds.ts';
import { createMemo, For, Show } from 'solid-js';
import {
  type ActiveRunRow,
  activeRunsQuery,
  type WaitingFolderRow,
  waitingFoldersQuery,
} from '../../queries/ingest-now.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatBytes, formatCountOf, formatMoment } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { Card } from './card.tsx';
import styles from './dashboard.module.css';
import { RunRow } from './run-row.tsx';

export function IngestCard(props: { now: Date }) {
  const { replica, ready } = useReplica();
  const runs = createLiveQuery<ActiveRunRow>(replica, activeRunsQuery);
  const folders = createLiveQuery<WaitingFolderRow>(replica, waitingFoldersQuery);
  const note = createMemo(() => {
    const paused = runs().filter(({ run_held }) => run_held !== null).length;
    const queued = runs().filter(({ run_held, run_status }) => run_held === null && run_status === 'queued').length;
    const running = runs().length - paused - queued;
    return [
      running > 0 && `${running} running`,
      queued > 0 && `${queued} queued`,
      paused > 0 && `${paused} paused`,
      folders().length > 0 && formatCountOf(folders().length, 'new folder'),
    ]
      .filter((part) => part !== false)
      .join(' · ');
  });
  const isIdle = () => runs().length === 0 && folders().length === 0;
  return (
    <Card title="Ingest now" note={note()} reads={[runs, folders]} class={styles['ingest']}>
      <Show
        when={!isIdle()}
        fallback={
          <p class={styles['nothing']}>
            {ready() ? 'No ingest is running, and no new folder has arrived.' : 'Nothing so far. Still loading.'}
          </p>
        }
      >
        <ul class={styles['list']} data-moves>
          <For each={runs()}>{(run) => <RunRow run={run} />}</For>
          <For each={folders()}>
            {(folder) => (
              <li class={styles['folder']}>
                <Icon name="handBack" />
                <span class={styles['texts']}>
                  <span class="mono cut" title={folder.source_path}>
                    {folder.source_path}
                  </span>
                  <span class="small faint cut">
                    {describeFolder(folder)} · arrived {formatMoment(folder.created_at, props.now)}
                  </span>
                </span>
                <span class="small faint">Waits for a decision</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  );
}

function describeFolder({ type, confidence, file_count, size_bytes }: WaitingFolderRow): string {
  const kind = type === null ? null : PACKAGE_KINDS[type].label;
  const sure = confidence === null ? null : `${Math.round(confidence * 100)}% confidence`;
  const files = `${formatCountOf(file_count, 'file')}, ${formatBytes(size_bytes)}`;
  return [kind === null || sure === null ? kind : `${kind}, ${sure}`, files]
    .filter((part) => part !== null)
    .join(' · ');
}
