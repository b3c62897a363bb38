import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Page } from '../ui/page.tsx';
import { useReplica } from '../ui/replica-context.ts';

/**
 * For an address that names nothing: as far as is known, since during the first load it may not have arrived yet.
 *
 * @param props.searching the replica has not answered yet; the page stays empty.
 */
export function NotFound(props: { what: 'page' | 'project' | 'package'; searching?: boolean }) {
  const { ready } = useReplica();
  return (
    <Page title={props.searching ? 'Opening' : 'Not found'} crumbs={[]}>
      <Show when={!props.searching}>
        <div class="empty">
          <Show
            when={props.what === 'page' || ready()}
            fallback={<p>This {props.what} has not arrived on this device yet.</p>}
          >
            <h1>There is no such {props.what}</h1>
            <p class="muted">It may have been deleted, or the link is not whole.</p>
          </Show>
          <A class="button" href="/">
            All projects
          </A>
        </div>
      </Show>
    </Page>
  );
}
