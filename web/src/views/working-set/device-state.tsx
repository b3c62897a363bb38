/** Shows the state of a project on this device in lists. */
import { Show } from 'solid-js';
import type { ProjectOnDevice } from '../../replica/model/replica.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { describeDevice, loadedShare } from './describe-device.ts';
import styles from './working-set.module.css';

export function DeviceState(props: { project: ProjectOnDevice | undefined }) {
  return (
    <span class={styles['state']} classList={{ muted: props.project?.state !== 'here' }}>
      <Show when={props.project?.state === 'loading' && props.project}>
        {(project) => <ProgressBar value={loadedShare(project())} />}
      </Show>
      {describeDevice(props.project)}
    </span>
  );
}
