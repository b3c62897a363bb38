/** Shows the server's results for projects that are not on this device; while offline, a note that they are missing. */
import { MIN_FILE_TEXT, type SearchKind, type SearchRow, searchAnswer } from '@ingesthub/schema/replica/search.ts';
import { createMemo, For, Show } from 'solid-js';
import { askServer } from '../../server-answers/ask-server.ts';
import { createServerPages } from '../../server-answers/create-server-pages.ts';
import { formatCountOf } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { kindTitles, ResultList } from './result-list.tsx';
import styles from './search-page.module.css';

/** The rows of all other kinds are on every device. */
const kinds: readonly SearchKind[] = ['folders', 'assets'];
const PAGE_SIZE = 20;
const TYPING_PAUSE_MS = 200;

export function ServerResults(props: { text: string }) {
  const { status, online } = useReplica();
  const absent = createMemo(
    () => [...status().projects].filter(([, { state }]) => state === 'absent').map(([id]) => id),
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const count = () => formatCountOf(absent().length, 'project');
  return (
    <Show when={absent().length > 0 && props.text.trim().length >= MIN_FILE_TEXT}>
      <Show
        when={online()}
        fallback={
          <p class={`muted ${styles['nothing']}`}>
            Folders and files of {count()} not on this device cannot be searched without the server.
          </p>
        }
      >
        <section aria-label="From the server">
          <h2 class={styles['server']}>From the server: {count()} not on this device</h2>
          <For each={kinds}>
            {(kind) => <ServerGroup kind={kind} text={props.text.trim()} projects={absent().join()} />}
          </For>
        </section>
      </Show>
    </Show>
  );
}

function ServerGroup(props: { kind: SearchKind; text: string; projects: string }) {
  const rows = createServerPages<Record<'kind' | 'q' | 'projects', string>, SearchRow>(
    () => ({ kind: props.kind, q: props.text, projects: props.projects }),
    async (asked, after, signal) => {
      const cursor = after && { rank: String(after.rank), age: String(after.age), id: after.id };
      const search = { ...asked, limit: String(PAGE_SIZE), ...cursor };
      return (await askServer('/api/search', search, searchAnswer, signal)).rows;
    },
    { pageSize: PAGE_SIZE, pauseMs: TYPING_PAUSE_MS },
  );
  return (
    <div class={styles['group']}>
      <h3>{kindTitles[props.kind]}</h3>
      <ResultList kind={props.kind} rows={rows()} />
      <Show when={rows.problem}>
        {(problem) => (
          <p class={styles['nothing']} role="alert">
            {problem()}
          </p>
        )}
      </Show>
      <Show when={rows().length === 0 && !rows.problem}>
        <p class={`muted ${styles['none']}`}>{rows.loading ? 'Searching…' : 'None'}</p>
      </Show>
      <Show when={rows.hasMore}>
        <button type="button" class="button quiet" disabled={rows.loading} onClick={() => rows.more()}>
          More {kindTitles[props.kind].toLowerCase()}
        </button>
      </Show>
    </div>
  );
}
