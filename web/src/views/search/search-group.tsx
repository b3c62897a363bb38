/** The results of one kind: a first few, and more on request, each page after the one before. */
import type { SearchCursor, SearchKind, SearchRow } from '@ingesthub/schema/search.ts';
import { A } from '@solidjs/router';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { searchQuery } from '../../queries/search.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './search-page.module.css';
import { describePlace, resultAddress } from './search-result.ts';

const titles: Record<SearchKind, string> = {
  projects: 'Projects',
  subjects: 'Subjects',
  packages: 'Packages',
  folders: 'Folders',
  assets: 'Files',
};
const FIRST_PAGE = 8;
const NEXT_PAGE = 50;

interface ResultPageProps {
  readonly kind: SearchKind;
  readonly text: string;
  /** Told how many the page has; null: not known yet. */
  readonly onCount?: (count: number | null) => void;
}

export function SearchGroup(props: ResultPageProps) {
  return <ResultPage {...props} after={null} />;
}

function ResultPage(props: ResultPageProps & { after: SearchCursor | null }) {
  const { replica } = useReplica();
  const [more, setMore] = createSignal(false);
  const limit = () => (props.after === null ? FIRST_PAGE : NEXT_PAGE);
  const rows = createLiveQuery<SearchRow>(replica, () =>
    searchQuery(props.kind, props.text, { after: props.after, limit: limit() }),
  );
  createEffect(() => props.onCount?.(rows.loading ? null : rows().length));
  const last = () => rows()[rows().length - 1];
  createEffect(
    on(
      () => props.text,
      () => setMore(false),
      { defer: true },
    ),
  );
  const list = () => (
    <>
      <ul>
        <For each={rows()}>
          {(row) => (
            <li>
              <A class={styles['result'] ?? ''} href={resultAddress(props.kind, row)}>
                <Show when={row.file_type}>{(type) => <Icon name={type()} size={14} />}</Show>
                <span class={styles['name']}>{row.name}</span>
                <span class={`muted ${styles['place']}`}>{describePlace(props.kind, row)}</span>
              </A>
            </li>
          )}
        </For>
      </ul>
      <Show when={rows().length === limit() && !more()}>
        <button type="button" class="button quiet" onClick={() => setMore(true)}>
          More {titles[props.kind].toLowerCase()}
        </button>
      </Show>
      <Show when={more() && last()}>
        {(cursor) => <ResultPage kind={props.kind} text={props.text} after={{ ...cursor() }} />}
      </Show>
    </>
  );
  return (
    <Show when={rows().length > 0}>
      <Show when={props.after === null} fallback={list()}>
        <section aria-label={titles[props.kind]} class={styles['group']}>
          <h2>{titles[props.kind]}</h2>
          {list()}
        </section>
      </Show>
    </Show>
  );
}
