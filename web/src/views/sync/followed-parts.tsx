/** The parts of the library on this device, each with its position in the server's log. */
import { createEffect, For, on } from 'solid-js';
import { type FollowedPartRow, followedPartsQuery } from '../../queries/followed-parts.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './sync-page.module.css';

export function FollowedParts() {
  const { replica, status } = useReplica();
  const parts = createLiveQuery<FollowedPartRow>(replica, followedPartsQuery, { key: 'reference' });
  createEffect(
    on(
      () => `${status().shapesUpToDate} ${status().upToDateAt?.getTime()}`,
      () => void parts.refresh(),
      { defer: true },
    ),
  );
  return (
    <details class={`card ${styles['parts']}`}>
      <summary>
        <h2>Parts of the library</h2>
        <span class="faint small">
          {formatCount(status().shapesUpToDate)} of {formatCount(status().shapesFollowed)} up to date
        </span>
      </summary>
      <ReadProblem error={parts.error} onRetry={parts.refresh} />
      <table>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Project or package</th>
            <th scope="col">Position</th>
            <th scope="col">Log</th>
            <th scope="col">Up to date</th>
          </tr>
        </thead>
        <tbody>
          <For each={parts()}>
            {(part) => (
              <tr>
                <th scope="row">{part.reference.split('?')[0]}</th>
                <td>{part.of_name ?? (part.reference.includes('?') ? 'This device' : 'Whole library')}</td>
                <td class="mono">{part.log_offset}</td>
                <td class="mono">{part.handle ?? '–'}</td>
                <td>{part.up_to_date_at === null ? 'Loading' : formatDateTime(part.up_to_date_at)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </details>
  );
}
