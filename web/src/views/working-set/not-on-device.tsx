/** Above what is shown of a project that is not, or not wholly, on this device. */
import { Match, Switch } from 'solid-js';
import { formatCountOf } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notices.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { describeLoaded, loadedShare } from './describe-device.ts';
import styles from './working-set.module.css';

/** @param props.more what else does not work before the project is here. */
export function NotOnDevice(props: { projectId: string; more?: string | undefined }) {
  const { replica, status, ready, online } = useReplica();
  const project = () => status().projects.get(props.projectId);
  const inState = (state: 'absent' | 'loading' | 'leaving') => {
    const known = project();
    // During the first load all are on their way, which the bar at the top tells.
    return known?.state === state && ready() ? known : null;
  };
  function keep(): void {
    replica.chooseProject(props.projectId, 'pinned').catch((error: unknown) => notifyFailure('It is not kept', error));
  }
  const amount = (count: number | null) => (count === null ? '' : ` (${formatCountOf(count, 'asset')})`);
  return (
    <Switch>
      <Match when={inState('absent')}>
        {(absent) => (
          <p class={styles['banner']} role="status">
            <span>
              {online()
                ? 'This project is not kept on this device. What it holds is shown from the server, to look at and search.'
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
            <ProgressBar value={loadedShare(loading())} label="Of this project" />
            <span>Coming to this device: {describeLoaded(loading())}.</span>
          </p>
        )}
      </Match>
      <Match when={inState('leaving')}>
        <p class={styles['banner']} role="status">
          This project goes from this device as soon as its changes are sent.
        </p>
      </Match>
    </Switch>
  );
}
