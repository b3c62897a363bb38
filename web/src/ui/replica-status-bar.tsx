/** Always visible: whether the server answers, how far the replica is, what waits to be sent, what was refused. */
import { Popover } from '@kobalte/core/popover';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { ReplicaStatus } from '../replica/replica.ts';
import { formatBytes, formatCountOf, formatDateTime, formatMoment } from './format.ts';
import { Icon } from './icon.tsx';
import { notifyFailure } from './notices.ts';
import { useReplica } from './replica-context.ts';
import { ReplicaNotices } from './replica-notices.tsx';
import styles from './replica-status-bar.module.css';

function describeReplica(status: ReplicaStatus): string {
  switch (status.phase) {
    case 'opening':
      return status.download ? 'Fetching the library' : 'Opening the library';
    case 'loading':
      return `Loading, ${formatCountOf(status.loadedRows, 'row')} so far`;
    case 'failed':
      return 'The library cannot be opened';
    case 'ready':
      if (isBringingProjects(status)) return 'Bringing a project here';
      if (status.online) return 'Up to date';
      return status.upToDateAt ? `As of ${formatMoment(status.upToDateAt, new Date())}` : 'Not loaded in full yet';
  }
}

/** A project that somebody wants here as well, long after the first load. */
function isBringingProjects({ online, projects }: ReplicaStatus): boolean {
  return online && [...projects.values()].some(({ state }) => state === 'loading');
}

function describeConnection(status: ReplicaStatus): string {
  if (status.online) return 'Online';
  // Nobody has asked the server yet.
  return status.phase === 'opening' ? 'Connecting' : 'Offline';
}

/** Rows to send from which on their number is worth a word: sending them takes a while. */
const MANY_ROWS = 1000;

function describeUnsent({ unsent, unsentRows }: ReplicaStatus): string {
  if (unsent === 0) return 'All changes sent';
  const changes = `${formatCountOf(unsent, 'change')} to send`;
  return unsentRows < MANY_ROWS ? changes : `${changes} · ${formatCountOf(unsentRows, 'row')}`;
}

export function ReplicaStatusBar() {
  const { status } = useReplica();
  return (
    <div class={styles['bar']}>
      <span class={styles['item']} data-testid="replica-progress" aria-live="polite">
        <Show when={status().phase === 'loading' && status().shapesFollowed > 0}>
          <progress
            aria-label="Parts that are up to date"
            value={status().shapesUpToDate}
            max={status().shapesFollowed}
          />
        </Show>
        <Show when={status().download}>
          {(download) => (
            <progress aria-label="Of the library" value={download().receivedBytes} max={download().totalBytes} />
          )}
        </Show>
        {describeReplica(status())}
      </span>
      <Show when={status().download}>
        {(download) => (
          <span class={styles['item']}>
            {formatBytes(download().receivedBytes)} of {formatBytes(download().totalBytes)}
          </span>
        )}
      </Show>
      <A class={styles['item'] ?? ''} href="/changes" data-testid="unsent" aria-live="polite">
        {describeUnsent(status())}
      </A>
      <ReplicaNotices />
      <Show when={status().rejected.length > 0}>
        <RefusedChanges />
      </Show>
      <span class={styles['item']} data-testid="online" aria-live="polite">
        <span class={styles['dot']} data-online={status().online} />
        {describeConnection(status())}
      </span>
    </div>
  );
}

function RefusedChanges() {
  const { replica, status } = useReplica();
  async function settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      notifyFailure('The change is still listed', error);
    }
  }
  return (
    <Popover placement="bottom-end" gutter={6}>
      <Popover.Trigger class={`button quiet ${styles['refused']}`}>
        <Icon name="problem" size={14} />
        {formatCountOf(status().rejected.length, 'change')} refused
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`popover ${styles['popover']}`}>
          <Popover.Title as="h2">Refused by the server</Popover.Title>
          <Popover.Description class="muted">
            These changes were undone on this device. Everything else was kept.
          </Popover.Description>
          <ul>
            <For each={status().rejected}>
              {(mutation) => (
                <li>
                  <div>
                    <strong>{mutation.label ?? mutation.name}</strong>{' '}
                    <span class="muted">{formatDateTime(mutation.createdAt)}</span>
                    <p>{mutation.error.message}</p>
                  </div>
                  <span>
                    <button
                      type="button"
                      class="button"
                      onClick={() => void settle(replica.retryRejected(mutation.id))}
                    >
                      Retry
                    </button>
                    <button
                      type="button"
                      class="button"
                      onClick={() => void settle(replica.discardRejected(mutation.id))}
                    >
                      Discard
                    </button>
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
