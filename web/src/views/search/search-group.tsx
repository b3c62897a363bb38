/** The results of one kind: a short first page, and further pages on request. */
import type { SearchCursor, SearchKind, SearchRow } from '@ingesthub/schema/replica/search.ts';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { searchQuery } from '../../queries/search.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { kindTitles, ResultList } from './result-list.tsx';
import styles from './search-page.module.css';

const FIRST_PAGE = 8;
const NEXT_PAGE = 50;

interface ResultPageProps {
  readonly kind: SearchKind;
  readonly text: string;
  /** Called with the number of results on the page; null while unknown. */
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
  createEffect(() => props.onCount?.(rows.loading || rows.error ? null : rows().length));
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
      <ResultList kind={props.kind} rows={rows()} />
      <Show when={rows().length === limit() && !more()}>
        <button type="button" class="button quiet" onClick={() => setMore(true)}>
          More {kindTitles[props.kind].toLowerCase()}
        </button>
      </Show>
      <Show when={more() && last()}>
        {(cursor) => <ResultPage kind={props.kind} text={props.text} after={{ ...cursor() }} />}
      </Show>
    </>
  );
  return (
    <>
      <ReadProblem error={rows.error} onRetry={rows.refresh} />
      <Show when={rows().length > 0}>
        <Show when={props.after === null} fallback={list()}>
          <section aria-label={kindTitles[props.kind]} class={styles['group']}>
            <h2>{kindTitles[props.kind]}</h2>
            {list()}
          </section>
        </Show>
      </Show>
    </>
  );
}
