import type { PackageStatus as Status } from '@ingesthub/schema/library/vocabulary.ts';
import { Show } from 'solid-js';
import { Icon } from './icon.tsx';
import styles from './package-status.module.css';

const names = { queued: 'Queued', processing: 'Processing', ready: 'Ready', error: 'Error' } as const;

export function PackageStatus(props: { status: Status; problem: string | null }) {
  return (
    <span class={styles['status']} data-status={props.status} title={props.problem ?? undefined}>
      <Show when={props.status === 'error'}>
        <Icon name="problem" size={13} />
      </Show>
      {names[props.status]}
    </span>
  );
}
