/** A card with the poses to ask the client for. */
import { For, Show } from 'solid-js';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { notify, notifyFailure } from '../../../ui/notices.ts';
import styles from './project-coverage.module.css';
import { type PoseRequest, writeRequests } from './request-list.ts';

/** Longer lists are copied whole, but not shown. */
const SHOWN = 12;

/** @param props.waiting subjects that are not counted yet. */
export function RequestTable(props: { requests: readonly PoseRequest[]; waiting: number }) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(writeRequests(props.requests));
      notify('Copied the request list');
    } catch (error) {
      notifyFailure('Could not copy the request list', error);
    }
  }
  return (
    <section class="card" aria-label="Request list">
      <header>
        <h2>Request list</h2>
        <span class="end">{props.waiting > 0 ? `${props.waiting} not counted yet` : 'for the client'}</span>
      </header>
      <Show when={props.requests.length > 0} fallback={<p class={styles['body']}>Nothing is missing.</p>}>
        <table class={styles['requests']}>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">Missing</th>
              <th scope="col">Have</th>
              <th scope="col">Want</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.requests.slice(0, SHOWN)}>
              {({ subject, poses, have, want }) => (
                <tr>
                  <td>{subject}</td>
                  <td>{poses}</td>
                  <td>{formatCount(have)}</td>
                  <td>{formatCount(want)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <div class={styles['copy']}>
          <button type="button" class="button small" onClick={() => void copy()}>
            <Icon name="copy" size={14} /> Copy as text
          </button>
          <span class="muted small">
            <Show when={props.requests.length > SHOWN} fallback="Plain sentences, ready for a message">
              {formatCountOf(props.requests.length, 'request')}, {SHOWN} shown
            </Show>
          </span>
        </div>
      </Show>
    </section>
  );
}
