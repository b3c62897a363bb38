/** The assets of a subject by file type. */
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { type SubjectContentsRow, subjectContentsQuery } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { fileTypeNames } from '../../ui/asset-words.ts';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './subject-page.module.css';

export function SubjectContents(props: { subjectId: string }) {
  const { replica } = useReplica();
  const contents = createLiveQuery<SubjectContentsRow>(replica, () => subjectContentsQuery(props.subjectId), {
    key: 'file_type',
  });
  return (
    <section class="card" aria-label="By type">
      <header>
        <h2>By type</h2>
        <span class="end">assets · size · length</span>
      </header>
      <Show
        when={contents().length > 0 || contents.loading}
        fallback={<p class={`muted ${styles['body']}`}>No assets yet.</p>}
      >
        <table class={styles['contents']}>
          <tbody>
            <For each={contents()}>
              {(row) => (
                <tr>
                  <th scope="row">
                    <A href={`/subjects/${props.subjectId}/assets?q=type:${row.file_type}`}>
                      {fileTypeNames[row.file_type]}
                    </A>
                  </th>
                  <td>{formatCount(row.asset_count)}</td>
                  <td>{formatBytes(row.size_bytes)}</td>
                  <td>{formatDuration(row.duration_seconds)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </section>
  );
}
