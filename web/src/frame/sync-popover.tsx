/** Answers in a few seconds: connected or not, how old the copy is, whether the work is safe, and what was refused. */
import { Popover } from '@kobalte/core/popover';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { describeConnection, describeReplica, describeUnsent } from '../ui/describe-replica.ts';
import { formatCount, formatCountOf, formatDateTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useReplica } from '../ui/replica-context.ts';
import { explainConnection } from './explain-connection.ts';
import { RefusedChange } from './refused-change.tsx';
import styles from './sync-pill.module.css';

/** Refused changes beyond these are on the sync page. */
const SHOWN = 3;

export function SyncPopover(props: { pill: HTMLButtonElement; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Popover
      open={props.open}
      onOpenChange={props.onOpenChange}
      anchorRef={() => props.pill}
      placement="bottom-end"
      gutter={6}
    >
      <Popover.Portal>
        <Popover.Content
          class={`popover ${styles['popover']}`}
          aria-label="Sync"
          onInteractOutside={(event) => {
            // The pill closes what it has opened by itself.
            if (event.target instanceof Node && props.pill.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            props.pill.focus();
          }}
        >
          <Content onLeave={() => props.onOpenChange(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

function Content(props: { onLeave: () => void }) {
  const { status } = useReplica();
  const projects = () => [...status().projects.values()];
  const here = () => projects().filter(({ state }) => state === 'here' || state === 'leaving').length;
  return (
    <>
      <section>
        <h2>{describeConnection(status())}</h2>
        <p class="muted">{explainConnection(status())}</p>
      </section>
      <section>
        <dl>
          <div>
            <dt>Library on this device</dt>
            <dd>{describeReplica(status())}</dd>
          </div>
          <div>
            <dt>Projects</dt>
            <dd>
              {formatCount(here())} of {formatCount(projects().length)}
            </dd>
          </div>
          <div>
            <dt>Waiting to be sent</dt>
            <dd>{describeUnsent(status())}</dd>
          </div>
        </dl>
      </section>
      <Show when={status().rejected.length > 0}>
        <section>
          <h2 class={styles['line']}>
            <Icon name="rejected" /> {formatCountOf(status().rejected.length, 'change was', 'changes were')} refused
          </h2>
          <For each={status().rejected.slice(0, SHOWN)}>{(mutation) => <RefusedChange mutation={mutation} />}</For>
        </section>
      </Show>
      <Show when={status().notices.length > 0}>
        <section>
          <h2>Changes to this device’s copy</h2>
          <NoticeList />
        </section>
      </Show>
      <footer>
        <A class="link" href="/sync" onClick={() => props.onLeave()}>
          Open Sync
        </A>
        <span>
          <kbd>G</kbd> <kbd>Y</kbd>
        </span>
      </footer>
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
            {notice.text} <span class="faint">{formatDateTime(notice.at)}</span>
          </li>
        )}
      </For>
    </ul>
  );
}
