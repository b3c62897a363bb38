/** The bar that is always visible: connection, age of the copy, changes to send, rejected changes. */
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { describeConnection, describeReplica, describeUnsent } from './describe-replica.ts';
import { formatBytes, formatCountOf } from './format.ts';
import { Icon } from './icon.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { useReplica } from './replica-context.ts';
import { ReplicaNotices } from './replica-notices.tsx';
import styles from './replica-status-bar.module.css';

export function ReplicaStatusBar() {
  const { status } = useReplica();
  return (
    <div class={styles['bar']}>
      <span class={styles['item']} data-testid="replica-progress" aria-live="polite">
        <Show when={status().phase === 'loading' && status().shapesFollowed > 0}>
          <ProgressBar label="Parts up to date" value={status().shapesUpToDate} max={status().shapesFollowed} />
        </Show>
        <Show when={status().download}>
          {(download) => (
            <ProgressBar label="Library download" value={download().receivedBytes} max={download().totalBytes} />
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
        <A class={`${styles['item']} ${styles['refused']}`} href="/changes">
          <Icon name="problem" size={14} />
          {formatCountOf(status().rejected.length, 'change')} rejected
        </A>
      </Show>
      <span
        class={styles['item']}
        data-testid="online"
        aria-live="polite"
        title={status().online ? (status().server.following ?? undefined) : undefined}
      >
        <span class={styles['dot']} data-online={status().online && status().server.following === null} />
        {describeConnection(status())}
      </span>
    </div>
  );
}
