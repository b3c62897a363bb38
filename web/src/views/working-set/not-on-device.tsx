/** The banner above a project that is not, or not completely, on this device. */
import { Match, Switch } from 'solid-js';
import { formatCountOf } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notices.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { describeLoaded, loadedShare } from './describe-device.ts';
import styles from './working-set.module.css';

/** @param props.more another sentence about what does not work until the project is on this device. */
export function NotOnDevice(props: { projectId: string; more?: string | undefined }) {
  const { replica, status, ready, online } = useReplica();
  const project = () => status().projects.get(props.projectId);
  const inState = (state: 'absent' | 'loading' | 'leaving') => {
    const known = project();
    // During the first load all projects are loading, which the bar at the top shows.
    return known?.state === state && ready() ? known : null;
  };
  function keep(): void {
    replica
      .chooseProject(props.projectId, 'pinned')
      .catch((error: unknown) => notifyFailure('Could not keep the project', error));
  }
  const amount = (count: number | null) => (count === null ? '' : ` (${formatCountOf(count, 'asset')})`);
  return (
    <Switch>
      <Match when={inState('absent')}>
        {(absent) => (
          <p class={styles['banner']} role="status">
            <span>
              {online()
                ? 'This project is not kept on this device. You can browse and search its assets on the server, but not change them.'
                : 'This project is not kept on this device, and the server does not answer: its assets cannot be shown or searched now.'}{' '}
              {props.more}
            </span>
            <button type="button" class="button primary" onClick={keep}>
              Keep on this device{amount(absent().assetCount)}
            </button>
          </p>
        )}
      </Match>
      <Match when={inState('loading')}>
        {(loading) => (
          <p class={styles['banner']} role="status">
            <ProgressBar value={loadedShare(loading())} label="Project loaded" />
            <span>Loading onto this device: {describeLoaded(loading())}.</span>
          </p>
        )}
      </Match>
      <Match when={inState('leaving')}>
        <p class={styles['banner']} role="status">
          This project will be removed from this device once its changes are sent.
        </p>
      </Match>
    </Switch>
  );
}
