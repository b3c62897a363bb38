/** The changes of this device that the server has not confirmed yet, oldest first, with their progress. */
import { createEffect, For, Match, on, Show, Switch } from 'solid-js';
import { type UnsentRow, unsentQuery } from '../../queries/unsent.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { describeUnsent } from '../../ui/describe-replica.ts';
import { formatCountOf, formatDateTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './sync-page.module.css';

export function WaitingChanges() {
  const { replica, status } = useReplica();
  const unsent = createLiveQuery<UnsentRow>(replica, unsentQuery);
  // The outbox is no replicated table, so the query refreshes with the status.
  createEffect(on(status, () => void unsent.refresh(), { defer: true }));
  return (
    <section class="card" aria-label="Waiting to be sent">
      <header>
        <h2>Waiting to be sent</h2>
        <Show when={status().unsent > 0}>
          <span class="end">{formatCountOf(status().unsent, 'change')} · oldest first</span>
        </Show>
      </header>
      <Switch fallback={<p class={styles['nothing']}>All changes sent.</p>}>
        <Match when={unsent.error}>
          <ReadProblem error={unsent.error} onRetry={unsent.refresh} />
        </Match>
        <Match when={unsent().length > 0}>
          <ul class={styles['list']}>
            <For each={unsent()}>{(row) => <Waiting row={row} />}</For>
          </ul>
        </Match>
        <Match when={unsent.loading || status().unsent > 0}>
          <p class={styles['nothing']}>{describeUnsent(status())}</p>
        </Match>
      </Switch>
    </section>
  );
}

function Waiting(props: { row: UnsentRow }) {
  const made = () => props.row.made_count;
  return (
    <li>
      <Icon name="queued" />
      <div>
        <strong>{props.row.label ?? props.row.name}</strong>
        <p class="faint small">
          {formatDateTime(props.row.created_at)}
          {props.row.row_count > 1 ? ` · ${formatCountOf(props.row.row_count, 'row')}` : ''}
        </p>
      </div>
      <Show when={made() > 0} fallback={<span class="faint small">Waiting</span>}>
        <span class={styles['progress']}>
          <ProgressBar value={made()} max={props.row.row_count} label="Saved on the server" />
          <span class="faint small">Saved on the server, updating</span>
        </span>
      </Show>
    </li>
  );
}
