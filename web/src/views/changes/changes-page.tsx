/** Lists changes waiting to be sent, with their progress, and rejected changes, which can be retried or discarded. */
import { createEffect, For, Match, on, Show, Switch } from 'solid-js';
import { type UnsentRow, unsentQuery } from '../../queries/unsent.ts';
import type { RejectedMutation } from '../../replica/model/replica.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { describeUnsent } from '../../ui/describe-replica.ts';
import { formatCountOf, formatDateTime } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notices.ts';
import { Page } from '../../ui/page.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './changes-page.module.css';

export function ChangesPage() {
  const { replica, status, online } = useReplica();
  const unsent = createLiveQuery<UnsentRow>(replica, unsentQuery);
  // The outbox is no replicated table, so the query refreshes with the status.
  createEffect(on(status, () => void unsent.refresh(), { defer: true }));
  return (
    <Page title="Changes" crumbs={[{ label: 'Changes', href: '/changes' }]}>
      <div class={styles['page']}>
        <h1>Changes made on this device</h1>
        <section aria-label="To send">
          <h2>To send</h2>
          <Switch fallback={<p class="muted">All changes sent.</p>}>
            <Match when={unsent.error}>
              <ReadProblem error={unsent.error} onRetry={unsent.refresh} />
            </Match>
            <Match when={unsent().length > 0}>
              <Show when={!online()}>
                <p class="muted">You’re offline. Changes are saved here and sent when you’re back online.</p>
              </Show>
              <ul>
                <For each={unsent()}>{(row) => <Unsent row={row} />}</For>
              </ul>
            </Match>
            <Match when={unsent.loading || status().unsent > 0}>
              <p class="muted">{describeUnsent(status())}</p>
            </Match>
          </Switch>
        </section>
        <Show when={status().rejected.length > 0}>
          <section aria-label="Rejected">
            <h2>Rejected by the server</h2>
            <p class="muted">Rejected changes were undone on this device. Everything after them was kept.</p>
            <ul>
              <For each={status().rejected}>{(mutation) => <Refused mutation={mutation} />}</For>
            </ul>
          </section>
        </Show>
      </div>
    </Page>
  );
}

function Unsent(props: { row: UnsentRow }) {
  const rows = () => (props.row.row_count > 1 ? ` · ${formatCountOf(props.row.row_count, 'row')}` : '');
  const made = () => props.row.made_count;
  return (
    <li>
      <div>
        <strong>{props.row.label ?? props.row.name}</strong>
        <p class="muted">
          {formatDateTime(props.row.created_at)}
          {rows()}
        </p>
      </div>
      <span class={styles['progress']}>
        <Show when={made() > 0} fallback={<span class="muted">Waiting</span>}>
          <ProgressBar value={made()} max={props.row.row_count} label="Saved on the server" />
          <span class="muted">Saved on the server, updating</span>
        </Show>
      </span>
    </li>
  );
}

function Refused(props: { mutation: RejectedMutation }) {
  const { replica } = useReplica();
  const label = () => props.mutation.label ?? props.mutation.name;
  async function settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      notifyFailure('The change stays on the list', error);
    }
  }
  return (
    <li>
      <div>
        <strong>{label()}</strong>
        <p>{props.mutation.error.message}</p>
        <p class="muted">{formatDateTime(props.mutation.createdAt)}</p>
      </div>
      <span class={styles['actions']}>
        <button
          type="button"
          class="button"
          aria-label={`Retry ${label()}`}
          onClick={() => void settle(replica.retryRejected(props.mutation.id))}
        >
          Retry
        </button>
        <button
          type="button"
          class="button"
          aria-label={`Discard ${label()}`}
          onClick={() => void settle(replica.discardRejected(props.mutation.id))}
        >
          Discard
        </button>
      </span>
    </li>
  );
}
