/** Warns when this device or the server is full, and lists what has happened to this device's copy of the library. */
import { Popover } from '@kobalte/core/popover';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { formatCountOf, formatDateTime } from './format.ts';
import { Icon } from './icon.tsx';
import { useReplica } from './replica-context.ts';
import styles from './replica-status-bar.module.css';

export const FULL =
  'New changes cannot be saved until there is room. Delete files on this device, or pictures kept offline.';

export function ReplicaNotices() {
  const { status } = useReplica();
  return (
    <>
      <Show when={status().full}>
        <span data-testid="full" role="alert">
          <A class={`${styles['item']} ${styles['refused']}`} href="/settings" title={FULL}>
            <Icon name="problem" size={14} />
            This device is full
          </A>
        </span>
      </Show>
      <Show when={status().online && status().server.writing}>
        {(sentence) => (
          <span class={`${styles['item']} ${styles['refused']}`} data-testid="writing" role="alert" title={sentence()}>
            <Icon name="problem" size={14} />
            Changes waiting: the server is full
          </span>
        )}
      </Show>
      <Show when={status().notices.length > 0}>
        <Popover placement="bottom-end" gutter={6}>
          <Popover.Trigger class="button quiet" data-testid="notices">
            <Icon name="problem" size={14} />
            {formatCountOf(status().notices.length, 'notice')}
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content class={`popover ${styles['popover']}`}>
              <Popover.Title as="h2">This device’s copy</Popover.Title>
              <NoticeList />
            </Popover.Content>
          </Popover.Portal>
        </Popover>
      </Show>
    </>
  );
}

/** Lists what has happened to this device's copy, the latest event last. */
export function NoticeList() {
  const { status } = useReplica();
  return (
    <ul class={styles['notices']}>
      <For each={status().notices}>
        {(notice) => (
          <li>
            <span>{notice.text}</span>
            <span class="muted">{formatDateTime(notice.at)}</span>
          </li>
        )}
      </For>
    </ul>
  );
}
