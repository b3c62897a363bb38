import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { LiveQuery } from '../replica/read/create-live-query.ts';
import { Page } from '../ui/page.tsx';
import { ReadProblem } from '../ui/read-problem.tsx';
import { useReplica } from '../ui/replica-context.ts';

/**
 * The page for an address that names nothing. During the first load the row may only not have arrived yet.
 *
 * @param props.query the query for the row; until the replica has answered, the page stays empty.
 */
export function NotFound(props: {
  what: 'page' | 'project' | 'subject' | 'package';
  query?: Pick<LiveQuery<object>, 'loading' | 'error' | 'refresh'>;
}) {
  const { ready } = useReplica();
  const isKnown = () => !props.query?.loading && !props.query?.error;
  return (
    <Page title={isKnown() ? 'Not found' : 'Opening…'} crumbs={[]}>
      <ReadProblem error={props.query?.error ?? null} onRetry={() => props.query?.refresh()} />
      <Show when={isKnown()}>
        <div class="empty">
          <Show when={props.what === 'page' || ready()} fallback={<p>This {props.what} isn’t on this device yet.</p>}>
            <h1>No such {props.what}</h1>
            <p class="muted">It may have been deleted, or the link is incomplete.</p>
          </Show>
          <A class="button" href="/">
            All projects
          </A>
        </div>
      </Show>
    </Page>
  );
}
