/** Always at the same place: connection, age of this device's copy, changes to send, changes refused. */
import { createMemo, createSignal, Show } from 'solid-js';
import type { ReplicaStatus } from '../replica/model/replica.ts';
import { createLater } from '../ui/create-later.ts';
import { describeConnection, describeReplica, describeUnsent } from '../ui/describe-replica.ts';
import { formatCount, formatCountOf } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useReplica } from '../ui/replica-context.ts';
import styles from './sync-pill.module.css';

export function SyncPill() {
  const { status } = useReplica();
  const [open, setOpen] = createSignal(false);
  const later = createLater(async () => (await import('./sync-popover.tsx')).SyncPopover);
  let pill!: HTMLButtonElement;
  const connection = createMemo(() => describeConnection(status()));
  const refused = () => status().rejected.length;
  return (
    <>
      <button
        ref={pill}
        type="button"
        class={styles['pill']}
        aria-haspopup="dialog"
        aria-expanded={open()}
        onPointerEnter={() => later.want()}
        onClick={() => {
          later.want();
          setOpen(!open());
        }}
      >
        <span class="visually-hidden">Sync, </span>
        <span class={styles['part']} data-testid="online">
          <span class={styles['dot']} data-state={dotState(status())} />
          <span class={styles['word']}>{connection()}</span>
          <Comma />
        </span>
        <span class={`${styles['part']} ${styles['age']}`} data-testid="replica-progress">
          <Show when={status().phase === 'ready' && describeReplica(status()) === 'Up to date'}>
            <Icon name="check" size={14} />
          </Show>
          {describeReplica(status())}
          <Comma />
        </span>
        <span class={styles['part']} data-some={status().unsent > 0}>
          <Icon name="ascending" size={14} />
          <span aria-hidden="true">{shortUnsent(status())}</span>
          <span class="visually-hidden" data-testid="unsent">
            {describeUnsent(status())}
          </span>
        </span>
        <Show when={refused() > 0}>
          <span class={`${styles['part']} danger`} data-testid="refused">
            <Icon name="problem" size={14} />
            <Comma />
            {formatCount(refused())} refused
          </span>
        </Show>
        <Show when={status().full || (status().online && status().server.writing !== null)}>
          <span class={`${styles['part']} danger`} data-testid={status().full ? 'full' : 'writing'}>
            <Icon name="problem" size={14} />
            {status().full ? 'Device full' : 'Server full'}
          </span>
        </Show>
      </button>
      {/* Screen readers hear only changes of the connection and of what was refused, not each change that is sent. */}
      <span class="visually-hidden" role="status">
        {connection()}
        {refused() > 0 ? `, ${formatCountOf(refused(), 'change')} refused` : ''}
      </span>
      <Show when={later.part()}>
        {(loaded) => {
          const { it: SyncPopover } = loaded();
          return <SyncPopover pill={pill} open={open()} onOpenChange={setOpen} />;
        }}
      </Show>
    </>
  );
}

function dotState({ online, server, phase }: ReplicaStatus): 'on' | 'off' | 'idle' | 'problem' {
  if (phase === 'failed') return 'problem';
  if (!online) return phase === 'opening' ? 'idle' : 'off';
  return server.following === null && server.writing === null ? 'on' : 'problem';
}

/** Short, as the pill has little room; the hidden text beside it has the sentence. */
function shortUnsent({ phase, unsent }: ReplicaStatus): string {
  if (phase === 'opening' || phase === 'failed') return '–';
  return unsent === 0 ? '0' : `${formatCount(unsent)} to send`;
}

/** Separates what a screen reader reads as one sentence. */
function Comma() {
  return <span class="visually-hidden">, </span>;
}
