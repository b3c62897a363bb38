/** What waits to be sent, how far it is, and what the server refused, with what can be done about it. */
import { createEffect, For, Match, on, Show, Switch } from 'solid-js';
import { type UnsentRow, unsentQuery } from '../../queries/unsent.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import type { RejectedMutation } from '../../replica/replica.ts';
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
  // No commit tells of them: the status does.
  createEffect(on(status, () => void unsent.refresh(), { defer: true }));
  return (
    <Page title="Changes" crumbs={[{ label: 'Changes', href: '/changes' }]}>
      <div class={styles['page']}>
        <h1>Changes made on this device</h1>
        <section aria-label="To send">
          <h2>To send</h2>
          <Switch fallback={<p class="muted">Everything that was changed here has reached the server.</p>}>
            <Match when={unsent.error}>
              <ReadProblem error={unsent.error} onRetry={unsent.refresh} />
            </Match>
            <Match when={unsent().length > 0}>
              <Show when={!online()}>
                <p class="muted">The server does not answer. They are safe on this device and go out by themselves.</p>
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
          <section aria-label="Refused">
            <h2>Refused by the server</h2>
            <p class="muted">These changes were undone on this device. Everything else was kept.</p>
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
        <Show when={made() > 0} fallback={<span class="muted">Waits</span>}>
          <ProgressBar value={made()} max={props.row.row_count} label="Made at the server" />
          <span class="muted">At the server, on its way back</span>
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
      notifyFailure('The change is still listed', error);
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
